"""A run as a lesson, which a program or a notebook is made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from digitlab.export import exam_sections, sections
from digitlab.export.length import Length
from digitlab.export.sections import Section
from digitlab.export.versions import requirements
from digitlab.export.why_sections import how_robust, look_inside
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import TENSORFLOW_THREADS, RunSpec, SampleSelection
from digitlab.wording.results.scores import score
from digitlab.wording.say import say


@dataclass(frozen=True)
class Lesson:
    """A run, written down.

    Attributes:
        requirements: what pip has to install for the same numbers.
        title: what is made here.
        promise: what to expect from running it.
        sections: the steps of the lesson, whose code runs in this order.
        threads: of TensorFlow, for the same last digits.
    """

    requirements: str
    title: str
    promise: str
    sections: tuple[Section, ...]
    threads: int

    @classmethod
    def of(
        cls,
        spec: RunSpec,
        selection: SampleSelection | None = None,
        trained: TrainedNetwork | None = None,
        with_test: bool = True,
        length: Length = Length.EVERYTHING,
    ) -> "Lesson":
        """The lesson that repeats a run, in the language that is spoken.

        Args:
            spec: what was asked for.
            selection: the digits that are looked at; the article's if left out.
            trained: what became of it. A run that was stopped is repeated as far as it came.
            with_test: whether the words say how well it read the test digits.
            length: how much of it.
        """
        selection = selection or SampleSelection()
        if trained:
            spec = spec.ended_after(len(trained.history))
        return cls(
            requirements(trained.versions if trained else None),
            say("A network that reads handwritten digits"),
            _promise(spec, trained if with_test else None),
            (
                sections.look(selection),
                sections.prepare(spec),
                sections.define(spec),
                *([sections.learn(spec, selection)] if spec.labels_fit else []),
                sections.train(spec),
                exam_sections.evaluate(spec, trained if with_test else None),
                exam_sections.predict(selection),
                exam_sections.read_drawing(spec, selection),
                *(_why(spec, selection, trained) if length is Length.EVERYTHING else ()),
            ),
            trained.threads if trained else TENSORFLOW_THREADS,
        )


def _why(
    spec: RunSpec, selection: SampleSelection, trained: TrainedNetwork | None
) -> Iterator[Section]:
    # In a network that has diverged every number is NaN: there is nothing to look at.
    if not (trained and trained.diverged):
        yield look_inside(spec, selection)
    yield how_robust()


def _promise(spec: RunSpec, trained: TrainedNetwork | None) -> str:
    promise = say(
        "DigitLab made this file. It trains the network of your run again, with seed {seed}. It "
        "gives the same numbers as the lab, to the last digit, with the versions that stand at the "
        "top. Your computer must have the same kind of processor, and it must use no graphics "
        "card (GPU).",
        seed=spec.training.seed,
    )
    if trained is None:
        return promise
    accuracy = say("In the lab the test accuracy was {score}.", score=score(trained.test_accuracy))
    return f"{promise} {accuracy}"
