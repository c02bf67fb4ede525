"""A run as a lesson, which a program or a notebook is made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from digitlab.export import sections
from digitlab.export.length import Length
from digitlab.export.sections import Section
from digitlab.export.versions import requirements
from digitlab.export.why_sections import how_robust, look_inside
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import RunSpec, SampleSelection


@dataclass(frozen=True)
class Lesson:
    """A run, written down.

    Attributes:
        requirements: what pip has to install for the same numbers.
        title: what is made here.
        promise: what to expect from running it.
        sections: the steps of the lesson, whose code runs in this order.
    """

    requirements: str
    title: str
    promise: str
    sections: tuple[Section, ...]

    @classmethod
    def of(
        cls,
        spec: RunSpec,
        selection: SampleSelection | None = None,
        trained: TrainedNetwork | None = None,
        with_test: bool = True,
        length: Length = Length.EVERYTHING,
    ) -> "Lesson":
        """The lesson that repeats a run.

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
            "A network that reads handwritten digits",
            _promise(spec, trained if with_test else None),
            (
                sections.look(selection),
                sections.prepare(spec),
                sections.define(spec),
                *([sections.learn(spec, selection)] if spec.labels_fit else []),
                sections.train(spec),
                sections.evaluate(spec, trained if with_test else None),
                sections.predict(selection),
                sections.read_drawing(spec, selection),
                *(_why(spec, selection, trained) if length is Length.EVERYTHING else ()),
            ),
        )


def _why(
    spec: RunSpec, selection: SampleSelection, trained: TrainedNetwork | None
) -> Iterator[Section]:
    # In a network that has diverged every number is NaN: there is nothing to look at.
    if not (trained and trained.diverged):
        yield look_inside(spec, selection)
    yield how_robust()


def _promise(spec: RunSpec, trained: TrainedNetwork | None) -> str:
    accuracy = f" Its test accuracy was {trained.test_accuracy:.4f}." if trained else ""
    return (
        f"Made with DigitLab. With seed {spec.training.seed}, the versions in the first line and a "
        "processor of the same kind (no graphics card) it gives the numbers of the run in "
        f"DigitLab, to the last digit.{accuracy}"
    )
