"""For which networks this browser has opened the test set: the exam."""

from digitlab.records.exam import exam_key, exam_key_of_answers
from digitlab.records.score import DigitSet, Score, choosing_score
from digitlab.runs.record import Run
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab
from digitlab.uploads.models.parsed import UploadedModel


def exams(lab: Lab) -> set[str]:
    """The keys of these networks; its other tabs show at their next run what one has opened."""
    shared = lab.shared
    if shared.exams is None:
        shared.exams = set(repository().exams(lab.owner))
    return shared.exams


def current_key(lab: Lab) -> str | None:
    """The key of the current network, None without one."""
    if lab.uploaded is not None:
        return exam_key_of_answers(lab.uploaded.probabilities)
    trained = lab.trained
    return exam_key(trained.spec, trained.history) if trained else None


def is_taken(lab: Lab) -> bool:
    """Whether the exam was taken for the current network."""
    return current_key(lab) in exams(lab)


def is_taken_of(lab: Lab, run: Run) -> bool:
    """Whether the exam was taken for the network of this run."""
    return exam_key(run.spec, run.history) in exams(lab)


def take_exam(lab: Lab) -> None:
    """Open the test set for the current network; what is open stays open."""
    key = current_key(lab)
    if key is not None and key not in exams(lab):
        exams(lab).add(key)
        repository().take_exam(lab.owner, key)


def shown_score(lab: Lab) -> Score | None:
    """How well the current network reads: in the exam once it was taken, until then otherwise.

    Until then it is the score to choose by. Of a network from a file it is what the lab found out
    when it looked for its preprocessing: on training digits.
    """
    network = lab.network
    if network is not None and is_taken(lab):
        return Score(DigitSet.TEST, network.test_accuracy)
    if isinstance(network, UploadedModel):
        share = network.training_share
        return None if share is None else Score(DigitSet.TRAINING, share)
    return choosing_score(network.history) if network else None
