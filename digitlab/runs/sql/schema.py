"""The tables of runs. A change here needs a migration beside it, in `migrations/versions`."""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

HEAD = "0007"
"""The newest migration: the version of the tables that this code reads and writes."""

metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("spec", Text, nullable=False),  # RunSpec.to_json
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),  # Reason.to_json, "" if there is none
    Column("history", Text, nullable=False),  # JSON, one object an epoch
    Column("result", Text, nullable=False),  # JSON: seconds, and the scores if there are any
    # Texts of one form and in UTC: they sort as times do, and both databases keep the microseconds.
    Column("created", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes, with what the other tables hold of it
    Column("parent", Text),
    # What comes first is decided by counters: a clock may be set back.
    Column("revision", BigInteger, nullable=False),  # of the run: counts its snapshots
    Column("number", BigInteger, nullable=False),  # in the order in which the runs came
    Column("used", BigInteger, nullable=False),  # as `number`; a run that goes on gets a new one
    # Who trains a run under way: see `life`.
    Column("process", Text),
    Column("beat", Double),
    Column("opened", Text),  # when somebody else opened it last
    # What pages of other processes request of a run under way, and what its own knows of.
    Column("request", Text),
    Column("asked", Text),
    Column("watched", BigInteger, nullable=False),  # counts how often a page said that it watches
    Index("runs_by_owner", "owner", "size"),
    Index("runs_by_use", "used"),
)

removals = Table(
    "removals",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("removed", BigInteger, nullable=False),  # runs of theirs that went to make room
    Column("latest", Text, nullable=False),
)

exams = Table(
    "exams",
    metadata,
    Column("owner", Text, primary_key=True),  # who opened the test set
    Column("network", Text, primary_key=True),  # `exam_key`
    Column("taken", Text, nullable=False),
    Index("exams_by_age", "taken"),
)

short_links = Table(
    "short_links",
    metadata,
    Column("code", Text, primary_key=True),
    Column("owner", Text, nullable=False),  # who made it
    Column("page", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("made", Text, nullable=False),
    Index("short_links_by_owner", "owner", "made"),
    Index("short_links_by_age", "made"),
)

# The arrays are in tables of their own, so that a list of runs does not read them. Each has its
# SHA-256: a database does not notice when the inside of a large value is damaged.

models = Table(
    "models",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("history", Text, nullable=False),  # up to this file, perhaps shorter than the run's
    Column("result", Text, nullable=False),  # JSON: seconds up to this file
    Column("digest", LargeBinary, nullable=False),
    Column("file", LargeBinary, nullable=False),  # .keras
)

predictions = Table(
    "predictions",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("file", LargeBinary, nullable=False),  # .npy: float32, (10000, 10)
)

replays = Table(
    "replays",
    metadata,
    Column("run_id", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("file", LargeBinary, nullable=False),  # .npz: the weights of earlier epochs, float32
)
