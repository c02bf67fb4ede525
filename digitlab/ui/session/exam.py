"""For which networks this browser has opened the test set: the exam."""

from digitlab.records.exam import exam_key, exam_key_of_answers
from digitlab.runs.record import Run
from digitlab.ui.session.services import repository
from digitlab.ui.session.state import Lab


def exams(lab: Lab) -> set[str]:
    """The keys of these networks. The browser's other tabs are read once a session."""
    if lab.exams is None:
        lab.exams = set(repository().exams(lab.owner))
    return lab.exams


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
