"""Take a run home: as a program, a notebook, a network, a table and a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from digitlab.architecture import keras_file
from digitlab.data.mnist import load_mnist
from digitlab.export.length import Length
from digitlab.records.history import history_csv
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import LessonSpec, SampleSelection
from digitlab.specs.link import to_link, to_query
from digitlab.ui.session.here import root
from digitlab.ui.shell import path
from digitlab.ui.widgets.fold import fold
from digitlab.wording.language import speaking, spoken
from digitlab.wording.notebook_steps import steps_words
from digitlab.wording.say import Message, say, say_message, to_say

_LENGTHS: Final[dict[Length, Message]] = {
    Length.LESSON: to_say("The lesson"),
    Length.EVERYTHING: to_say("Everything"),
}

_REPORT = "report.html"

GONE: Final = to_say(
    "The lab no longer keeps this run. Somebody deleted it, or it was the oldest of too many."
)


@dataclass(frozen=True)
class Download:
    """A file of a run, made from its network when the button is pressed."""

    label: Message
    file: str
    mime: str
    icon: str
    make: Callable[[TrainedNetwork], str | bytes]


def take_home(trained: TrainedNetwork, key: str, selection: SampleSelection, exam: bool) -> None:
    """Offer the files of a network of this session.

    Args:
        trained: the network.
        key: of the buttons.
        selection: the digits that the program and the notebook look at.
        exam: whether its exam was taken: no file says the test score before.
    """
    take_home_kept(lambda: trained, key, selection, trained.has_model, exam)


def take_home_kept(
    find: Callable[[], TrainedNetwork | None],
    key: str,
    selection: SampleSelection,
    has_model: bool,
    exam: bool,
    name: str = "",
) -> None:
    """Offer the files of a run that may have to be found first.

    Args:
        find: gives the run's network, None if it is no longer kept. Called in another thread,
            where nothing of Streamlit works.
        key: of the buttons.
        selection: the digits that the program and the notebook look at.
        has_model: whether the `.keras` file is kept.
        exam: whether its exam was taken.
        name: of the run, for the report.
    """
    with fold(say("Take it home"), icon=":material/download:"):
        st.markdown(
            say(
                "The **program** and the **notebook** are this run as Keras code. They run "
                "without DigitLab: on your computer, in Jupyter or in Colab. They give nearly "
                "the same numbers as here. For exactly the same numbers you need the versions that "
                "stand at their top. You also need the same kind of processor and no graphics card "
                "(GPU). The notebook also needs its last cell for this. The cell says how."
            )
        )
        chosen = st.segmented_control(
            say("How much of the lab is in the program and in the notebook?"),
            _LENGTHS,
            default=Length.LESSON,
            required=True,
            key=f"{key}_length",
            format_func=lambda length: say_message(_LENGTHS[length]),
        )
        length = Length(chosen)  # Streamlit gives the text of a StrEnum
        with st.container(horizontal=True):
            for download in _downloads(selection, name, _address(), exam, length):
                st.download_button(
                    say_message(download.label),
                    _deferred(find, download),
                    download.file,
                    download.mime,
                    key=f"{key}_{download.file}",
                    on_click="ignore",
                    icon=download.icon,
                    disabled=(download.make is _model and not has_model)
                    or (download.file == _REPORT and not exam),
                    help=f"`{download.file}`",
                )
        sentences = [
            say(
                "Keras can open the **network**. This lab opens it again on the page Runs. The "
                "**History** is a table: the loss and the metric of each epoch. You can print the "
                "**report** on two pages for your teacher. To save a chart as a picture, press the "
                "camera in its corner."
            )
        ]
        if not exam:
            sentences.append(
                say(
                    "The report has the test score, so you get it after the **exam** on Evaluate. "
                    "The program and the notebook calculate the test score when you run them."
                )
            )
        st.caption(" ".join(sentences))
    heading = say("Use the notebook in Colab or Jupyter: five steps")
    with fold(heading, icon=":material/book_2:"):
        st.markdown(steps_words())


def _downloads(
    selection: SampleSelection, name: str, address: str, exam: bool, length: Length
) -> Iterator[Download]:
    # Their packages are loaded in the thread that makes the file.
    def script(trained: TrainedNetwork) -> str:
        from digitlab.export.lesson import Lesson
        from digitlab.export.script import script

        return script(Lesson.of(trained.spec, selection, trained, exam, length))

    def notebook(trained: TrainedNetwork) -> str:
        from digitlab.export.lesson import Lesson
        from digitlab.export.notebook import notebook

        return notebook(Lesson.of(trained.spec, selection, trained, exam, length))

    def report(trained: TrainedNetwork) -> str:
        from digitlab.export.report import report

        link = f"{address}?{to_query(to_link(LessonSpec(trained.spec, selection)))}"
        return report(trained, load_mnist(), name, link)

    plain, jupyter, binary = "text/x-python", "application/x-ipynb+json", "application/octet-stream"
    yield Download(to_say("Program"), "train.py", plain, ":material/code:", script)
    yield Download(to_say("Notebook"), "lesson.ipynb", jupyter, ":material/book_2:", notebook)
    yield Download(to_say("Network"), "network.keras", binary, ":material/hub:", _model)
    yield Download(to_say("History"), "history.csv", "text/csv", ":material/table:", _history)
    yield Download(to_say("Report"), _REPORT, "text/html", ":material/print:", report)


def _model(trained: TrainedNetwork) -> bytes:
    return keras_file.portable(trained.model)


def _history(trained: TrainedNetwork) -> str:
    return history_csv(trained.history)


def _deferred(
    find: Callable[[], TrainedNetwork | None], download: Download
) -> Callable[[], str | bytes]:
    language = spoken()  # in this thread, which knows it

    def content() -> str | bytes:
        trained = find()
        return download.make(trained) if trained else say_message(GONE)

    return partial(speaking, language, content)


def _address() -> str:
    """Of the page on which a link to this run opens."""
    return f"{root()}{path.step('Train').name}"
