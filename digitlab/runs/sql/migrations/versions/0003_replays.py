"""The weights of a run's epochs are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Earlier runs have none."""
    op.create_table(
        "replays",
        sa.Column(
            "run_id", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("file", sa.LargeBinary, nullable=False),
    )
