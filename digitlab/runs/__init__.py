"""Runs that are kept, so that a reload, another device or a restarted server finds them again.

Pages and the queue use the `RunRepository`, which never fails; behind it the `RunStore` writes to SQLite
or PostgreSQL. A `Run` is what is kept of a job.
"""

from digitlab.runs.errors import StoreError
from digitlab.runs.record import Run
from digitlab.runs.repository import RunRepository
from digitlab.runs.store import RunStore

__all__ = ["Run", "RunRepository", "RunStore", "StoreError"]
