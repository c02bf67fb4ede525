"""What may be said of two runs, A and B, in sentences."""

from typing import Final

from digitlab.analysis.comparison import Finding, Gap, Verdict, VersionPair, find, gap
from digitlab.records.score import DigitSet
from digitlab.runs.record import Run
from digitlab.runs.scores import accuracy
from digitlab.specs import SET_SIZES
from digitlab.wording.lists import with_commas
from digitlab.wording.numerals import per_cent, whole
from digitlab.wording.results.run_differences import setting_words
from digitlab.wording.say import Message, say, say_message, to_say
from digitlab.wording.settings.descriptions import state_words

_VERDICTS: Final[dict[Verdict, Message]] = {
    Verdict.UNDER_WAY: to_say(
        "One of these trainings has not ended yet. Compare them when both have ended."
    ),
    Verdict.SEVERAL: to_say(
        "{count} settings differ. So nobody can tell which of them made the difference. Change one "
        "setting at a time."
    ),
    Verdict.PACKAGES_TOO: to_say(
        "One setting differs, but the versions of packages differ too: {packages}. So nobody can "
        "tell which of them made the difference."
    ),
    Verdict.SEED: to_say(
        "Only the seed differs. It chooses the random numbers of a training. So the whole "
        "difference is luck."
    ),
    Verdict.ONE: to_say(
        "Only one setting differs: **{setting}**. It can act in two ways. The network learns in "
        "another way. And the training may use other random numbers, so a part of the difference "
        "may be luck. Both runs have the seed {seed}. With other seeds the difference can be "
        "smaller or larger, or the other run can be the better one."
    ),
    Verdict.NO_CAUSE: to_say(
        "What differs does not change the learning. All numbers that both runs have are the same, "
        "to the last digit."
    ),
    Verdict.SAME: to_say(
        "Both runs have the same settings. All their numbers are the same, to the last digit."
    ),
    Verdict.NO_EPOCH: to_say(
        "No setting differs that changes the learning. But one of the runs has not finished an "
        "epoch, so there is nothing to compare."
    ),
    Verdict.PACKAGES: to_say(
        "No setting differs that changes the learning, but the numbers differ. The versions of "
        "packages differ too: {packages}. Perhaps this is the reason."
    ),
    Verdict.ROUNDING: to_say(
        "No setting differs that changes the learning, but the numbers differ. Perhaps two "
        "computers trained these runs, and they round numbers in different ways."
    ),
}

_BETTER: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say(
        "**{better} has the better validation accuracy**: {high}. {worse} has {low}."
    ),
    DigitSet.TRAINING: to_say(
        "**{better} has the better training accuracy**: {high}. {worse} has {low}."
    ),
}
_EQUAL: Final[dict[DigitSet, Message]] = {
    DigitSet.VALIDATION: to_say("Both have the same validation accuracy: {share}."),
    DigitSet.TRAINING: to_say("Both have the same training accuracy: {share}."),
}


def verdict_words(first: Run, second: Run) -> str:
    """What follows from the differences of A, the first, and B."""
    finding = find(first, second)
    return say_message(_VERDICTS[finding.verdict], **_values(finding, first))


def _values(finding: Finding, first: Run) -> dict[str, object]:
    """What the sentences put in."""
    return {
        "count": len(finding.causes),
        "packages": with_commas([_versions(pair) for pair in finding.packages]),
        "setting": setting_words(finding.causes[0]) if finding.causes else "",
        "seed": first.spec.training.seed,
    }


def _versions(pair: VersionPair) -> str:
    return say("{package} {a} and {b}", package=pair.package, a=pair.first, b=pair.second)


def gap_words(first: Run, second: Run) -> str:
    """Which of A, the first, and B has the better score to choose by, and whether that is fair."""
    between = gap(first, second)
    if between.without_network:
        run = first if between.without_network == "A" else second
        return say(
            "{letter} has no network to compare ({state}).",
            letter=between.without_network,
            state=state_words(run),
        )
    if between.digits is None:
        return say(
            "At least one training did not count the accuracy, so there is nothing to compare."
        )
    sentences = [_gap(between.digits, *between.accuracies)]
    if not between.same_labels:
        sentences.append(
            say(
                "**That is not fair:** at least one of the runs changes labels, also those of its "
                "validation digits. So the two were not tested with the same labels."
            )
        )
    elif not between.same_digits:
        sentences.append(
            say(
                "The validation digits of A and B are not the same, so a small difference may be "
                "luck."
            )
        )
    if between.without_validation:
        sentences = [
            _without_validation(between),
            *sentences,
            say(
                "**That is not fair:** the networks learned from these digits. To compare them "
                "fairly, train both with a validation share."
            ),
        ]
    return " ".join(sentences)


def _without_validation(between: Gap) -> str:
    if len(between.without_validation) > 1:
        return say(
            "A and B have no validation digits. So the lab compares the training accuracy of both."
        )
    return say(
        "{letter} has no validation digits. So the lab compares the training accuracy of both.",
        letter=between.without_validation[0],
    )


def _gap(digits: DigitSet, a: float, b: float) -> str:
    """Two accuracies, the better one first."""
    if a == b:
        return say_message(_EQUAL[digits], share=per_cent(a, 2))
    better, worse = ("B", "A") if b > a else ("A", "B")
    return say_message(
        _BETTER[digits],
        better=better,
        worse=worse,
        high=per_cent(max(a, b), 2),
        low=per_cent(min(a, b), 2),
    )


def exam_words(first: Run, second: Run) -> str:
    """What A, the first, and B read of the test digits, for whoever took the exam of both."""
    total = SET_SIZES["test"]
    a, b = (round(total * (accuracy(run) or 0.0)) for run in (first, second))
    return say(
        "In the exam A read {a} of the {all} test digits, and B read {b}. Don't choose between "
        "them by these numbers.",
        a=whole(a),
        b=whole(b),
        all=whole(total),
    )
