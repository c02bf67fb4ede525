"""What a run that was broken on purpose came to, beside the whole one."""

from digitlab.records.job_state import JobState
from digitlab.records.reason import refusal_words
from digitlab.runs.record import Run
from digitlab.specs.ablations import Outcome
from digitlab.wording.descriptions import GUESSING

ALIKE = 0.01
"""Two networks whose test accuracies differ by less are called alike: one digit in a hundred."""


def is_over(run: Run) -> bool:
    """Whether the training has shown what comes of it: it went to its end, or could not."""
    if run.state is JobState.FINISHED:
        return run.test_accuracy is not None
    return run.state is JobState.DIVERGED or bool(refusal(run))


def refusal(run: Run) -> str:
    """Keras's own words, if it refused to train this; else empty."""
    return refusal_words(run.reason)


def outcome(whole: Run, broken: Run) -> Outcome:
    """What the broken run came to; both are over."""
    if refusal(broken):
        return Outcome.REFUSED
    accuracy = broken.test_accuracy or 0.0
    if broken.state is JobState.DIVERGED or accuracy <= GUESSING:
        return Outcome.NOTHING
    better = accuracy - (whole.test_accuracy or 0.0)
    if abs(better) < ALIKE:
        return Outcome.SAME
    return Outcome.BETTER if better > 0 else Outcome.WORSE


def same_curves(whole: Run, broken: Run) -> bool:
    """Whether both learned the same in each epoch, to the last digit, and read as many digits."""
    one, other = ([record.logs for record in run.history] for run in (whole, broken))
    return bool(one) and one == other and whole.test_accuracy == broken.test_accuracy
