"""Why a run ended early is a code with values; it was a sentence."""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# As the code wrote them until now. They stand here, not in `wording`: there they may change.
_CODES = {
    "The workers can't be reached. Try again in a minute, or tell whoever runs this lab.": (
        "no_workers"
    ),
    "The lab can't start its workers now. It tries again by itself. Come back in a minute, or tell "
    "whoever runs this lab: the server's log says why.": "no_start",
    "The worker that trained this network stopped twice. Press Continue to try once more.": (
        "worker_died"
    ),
    "The server stopped while this network was training. Continue: the numbers will be those of a "
    "training that never stopped.": "server_stopped",
    "It was stopped within its first epoch: there is nothing to keep yet.": "nothing_learned",
    "It left the queue before its turn came.": "not_begun",
}
_FAILED = re.compile(r"The training failed \((?P<error>\w+)\)\. Change a control and try again\.")
_REFUSED = re.compile(r"Keras says: (?P<words>.+)", re.DOTALL)

_runs = sa.table("runs", sa.column("reason", sa.Text))


def upgrade() -> None:
    """Each sentence becomes its code; one that is not known is kept, word for word."""
    connection = op.get_bind()
    sentences = connection.scalars(
        sa.select(_runs.c.reason).where(_runs.c.reason != "").distinct()
    ).all()
    for sentence in sentences:
        connection.execute(
            _runs.update().where(_runs.c.reason == sentence).values(reason=_coded(sentence))
        )


def _coded(sentence: str) -> str:
    """The JSON that stands for a sentence."""
    code, values = _CODES.get(sentence, "other"), {}
    if refused := _REFUSED.fullmatch(sentence):
        code, values = "refused", refused.groupdict()
    elif failed := _FAILED.fullmatch(sentence):
        code, values = "failed", failed.groupdict()
    elif code == "other":
        values = {"words": sentence}
    return json.dumps({"code": code, "values": values})
