"""Take a run home: as a program, a notebook, a network, a table and a report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import streamlit as st

from digitlab.architecture import keras_file
from digitlab.data.mnist import load_mnist
from digitlab.export.length import Length
from digitlab.records.history import history_csv
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import LessonSpec, SampleSelection
from digitlab.specs.link import to_link, to_query
from digitlab.ui.shell import path
from digitlab.wording.notebook_steps import steps_words

_LENGTHS = {
    Length.LESSON: "The lesson",
    Length.EVERYTHING: "Everything",
}

_REPORT = "report.html"

GONE = "This run is no longer kept: it was deleted, or it was the oldest of too many."


@dataclass(frozen=True)
class Download:
    """A file of a run, made from its network when the button is pressed."""

    label: str
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
    with st.expander("Take it home", icon=":material/download:"):
        st.markdown(
            "The **program** and the **notebook** are this run as Keras code that needs no "
            "DigitLab: for your computer, for Jupyter or Colab. They give the same numbers as "
            "here: to the last digit with the versions in their first line and the same kind of "
            "processor. For this the notebook also needs its last cell, as it says there."
        )
        chosen = st.segmented_control(
            "How much of the lab is in the program and in the notebook?",
            _LENGTHS,
            default=Length.LESSON,
            required=True,
            key=f"{key}_length",
            format_func=_LENGTHS.__getitem__,
        )
        length = Length(chosen)  # Streamlit gives the text of a StrEnum
        with st.container(horizontal=True):
            for download in _downloads(selection, name, _address(), exam, length):
                st.download_button(
                    download.label,
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
        st.caption(
            "The **network** opens in Keras, and this lab takes it back on the page Runs. The "
            "**History** is a table of loss and metric per epoch. The **report** prints on two "
            "pages, to hand in. To save a chart as a picture, press the camera in its corner."
            + (
                ""
                if exam
                else " The report holds the test score, so it comes after the **exam** on "
                "Evaluate. The program and the notebook work out the test score when you run them."
            )
        )
    with st.expander("Use the notebook in Colab or Jupyter: five steps", icon=":material/book_2:"):
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

    yield Download("Program", "train.py", "text/x-python", ":material/code:", script)
    yield Download(
        "Notebook", "lesson.ipynb", "application/x-ipynb+json", ":material/book_2:", notebook
    )
    yield Download("Network", "network.keras", "application/octet-stream", ":material/hub:", _model)
    yield Download("History", "history.csv", "text/csv", ":material/table:", _history)
    yield Download("Report", _REPORT, "text/html", ":material/print:", report)


def _model(trained: TrainedNetwork) -> bytes:
    return keras_file.portable(trained.model)


def _history(trained: TrainedNetwork) -> str:
    return history_csv(trained.history)


def _deferred(
    find: Callable[[], TrainedNetwork | None], download: Download
) -> Callable[[], str | bytes]:
    def content() -> str | bytes:
        trained = find()
        return download.make(trained) if trained else GONE

    return content


def _address() -> str:
    """Of the page on which a link to this run opens."""
    here = (st.context.url or "").partition("?")[0]
    return f"{here.rpartition('/')[0]}/{path.step('Train').name}"
