"""Short forms of lesson links, to be typed from a projector."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """A table of its own: a link has nothing to do with a run."""
    op.create_table(
        "short_links",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("page", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
    )
    op.create_index("short_links_by_owner", "short_links", ["owner", "made"])
    op.create_index("short_links_by_age", "short_links", ["made"])
