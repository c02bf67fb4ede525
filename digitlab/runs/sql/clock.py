"""The time that all web processes of one database share."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select


def now(connection: Connection) -> datetime:
    """By the database's clock, aware, UTC: the clocks of its hosts may differ by minutes.

    A file is written by the processes of one machine, so that its clock is the shared one.
    """
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    database_time: datetime | None = connection.scalar(select(func.current_timestamp()))
    assert database_time is not None
    return database_time.astimezone(UTC)
