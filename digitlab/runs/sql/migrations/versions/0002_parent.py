"""A run knows the run that it goes on from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Earlier runs have none."""
    op.add_column("runs", sa.Column("parent", sa.Text))
