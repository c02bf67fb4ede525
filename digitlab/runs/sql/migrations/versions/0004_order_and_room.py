"""Runs are ordered by counters, know their process, hear other processes, and removals are told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Earlier runs are numbered by their times, the only order that there was."""
    for counter in ("revision", "number", "used", "watched"):
        op.add_column("runs", sa.Column(counter, sa.BigInteger, nullable=False, server_default="0"))
    for text in ("process", "opened", "asked", "request"):
        op.add_column("runs", sa.Column(text, sa.Text))
    op.add_column("runs", sa.Column("beat", sa.Double))
    for counter, time in (("number", "created"), ("used", "changed")):
        op.execute(
            f"UPDATE runs SET {counter} = ranked.place FROM (SELECT id, row_number() OVER "
            f"(ORDER BY {time}, id) AS place FROM runs) AS ranked WHERE ranked.id = runs.id"
        )
    op.drop_index("runs_by_owner", "runs")
    op.drop_index("runs_by_age", "runs")
    op.create_index("runs_by_owner", "runs", ["owner", "size"])
    op.create_index("runs_by_use", "runs", ["used"])
    op.create_table(
        "removals",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("removed", sa.BigInteger, nullable=False),
        sa.Column("latest", sa.Text, nullable=False),
    )
