"""What can't be brought, in sentences for the learner."""

from digitlab import limits
from digitlab.specs.checks import shown

DAMAGED = (
    "This file is damaged or not complete. Save the network once more with "
    'model.save("network.keras"), and choose the new file.'
)

TOO_HEAVY = (
    f"That file is larger than {limits.MAX_NETWORK_MEGABYTES}\N{NO-BREAK SPACE}MB. Take fewer units or filters, or save "
    "the network without its optimizer: model.compile(optimizer=None) before model.save."
)
NOT_FINITE = (
    "Some weights in this file are no numbers (NaN or infinite): the training diverged. Train it "
    "again with a smaller learning rate, and save it before that happens."
)


class UploadError(ValueError):
    """The file can't be used; the message tells the learner what to do instead."""


def quoted(value: object) -> str:
    """A stranger's word within a sentence: short, on one line."""
    return f"“{' '.join(shown(value).split())}”"
