"""What the tests of the queue share."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from digitlab.compute.service import TrainingQueue
    from digitlab.records.job import Job


@pytest.fixture(scope="session")
def straight(queue: "TrainingQueue") -> "Job":
    """A short training of the CNN that ran through."""
    from digitlab.records.job import Job
    from tests.compute.test_service import SHORT, ended

    return ended(queue.submit(Job(SHORT, "straight")))
