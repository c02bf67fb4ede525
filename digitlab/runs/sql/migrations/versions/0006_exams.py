"""For which networks a visitor has opened the test set."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """A table of its own: what was opened stays opened when a run is deleted."""
    op.create_table(
        "exams",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("network", sa.Text, primary_key=True),
        sa.Column("taken", sa.Text, nullable=False),
    )
    op.create_index("exams_by_age", "exams", ["taken"])
