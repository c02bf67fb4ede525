"""Alembic runs this; the store hands it its own connection, with a transaction under way."""

from alembic import context

from digitlab.runs.sql import schema

context.configure(
    connection=context.config.attributes["connection"], target_metadata=schema.metadata
)
context.run_migrations()
