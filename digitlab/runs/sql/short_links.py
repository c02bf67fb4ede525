"""Short links in the database: made, found, and the oldest forgotten."""

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, select, true

from digitlab import limits
from digitlab.runs.short_link import CODE_LENGTH, CODE_LETTERS, ShortLink
from digitlab.runs.sql import clock, rows
from digitlab.runs.sql.schema import short_links

_TRIES = 50
"""With the most links that are kept, one in eight codes is taken."""


def keep(connection: Connection, owner: str, link: ShortLink) -> str:
    """The code of a link; the same one again if its owner has made it before."""
    mine = short_links.c.owner == owner
    same = (short_links.c.page == link.page) & (short_links.c.query == link.query)
    if known := connection.scalar(select(short_links.c.code).where(mine, same)):
        return str(known)
    now = clock.now(connection)
    cutoff = rows.time_text(now - timedelta(days=limits.SHORT_LINKS_KEPT_DAYS))
    connection.execute(delete(short_links).where(short_links.c.made < cutoff))
    _make_room(connection, mine, limits.MAX_SHORT_LINKS_PER_OWNER)
    _make_room(connection, true(), limits.MAX_SHORT_LINKS)
    code = _free_code(connection)
    connection.execute(
        short_links.insert().values(
            code=code, owner=owner, page=link.page, query=link.query, made=rows.time_text(now)
        )
    )
    return code


def find(connection: Connection, code: str) -> ShortLink | None:
    """The link of a code, None if there is none."""
    query = select(short_links.c.page, short_links.c.query).where(short_links.c.code == code)
    row = connection.execute(query).first()
    return None if row is None else ShortLink(row.page, row.query)


def _make_room(connection: Connection, which: ColumnElement[bool], most: int) -> None:
    """Delete the oldest of these until one more fits."""
    count = connection.scalar(select(func.count()).select_from(short_links).where(which)) or 0
    if count < most:
        return
    oldest = (
        select(short_links.c.code)
        .where(which)
        .order_by(short_links.c.made, short_links.c.code)
        .limit(count - most + 1)
    )
    codes = list(connection.scalars(oldest))
    connection.execute(delete(short_links).where(short_links.c.code.in_(codes)))


def _free_code(connection: Connection) -> str:
    for _ in range(_TRIES):
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if find(connection, code) is None:
            return code
    raise RuntimeError("No code is free, though most of them should be.")
