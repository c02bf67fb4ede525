"""What an ablated run, one that was broken on purpose, came to beside its baseline."""

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


def outcome(baseline: Run, ablated: Run) -> Outcome:
    """What the ablated run came to; both are over."""
    if refusal(ablated):
        return Outcome.REFUSED
    accuracy = ablated.test_accuracy or 0.0
    if ablated.state is JobState.DIVERGED or accuracy <= GUESSING:
        return Outcome.NOTHING
    better = accuracy - (baseline.test_accuracy or 0.0)
    if abs(better) < ALIKE:
        return Outcome.SAME
    return Outcome.BETTER if better > 0 else Outcome.WORSE


def same_curves(baseline: Run, ablated: Run) -> bool:
    """Whether both learned the same in each epoch, to the last digit, and read as many digits."""
    logs, other = ([record.logs for record in run.history] for run in (baseline, ablated))
    return bool(logs) and logs == other and baseline.test_accuracy == ablated.test_accuracy
