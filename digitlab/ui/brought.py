"""Networks from files, which nothing keeps but the visitors' sessions: so many bytes for all of them."""

import threading
from weakref import WeakSet

from digitlab import limits
from digitlab.brought.network import BroughtNetwork
from digitlab.ui.state import Lab

_LET_GO = (
    "Others brought networks too, and there was no more room for yours. Choose its file once more, on "
    "the page Runs."
)

_holders: dict[int, WeakSet[Lab]] = {}  # by the lab's id, the longest unused first
_lock = threading.Lock()


def bring_in(lab: Lab, network: BroughtNetwork) -> None:
    """Make this the session's network. Those that were not used for longest go, if there is no room."""
    lab.brought = network
    use(lab)


def use(lab: Lab) -> None:
    """Note that a page of the session is open, and its network is used."""
    if lab.brought is None:
        return
    with _lock:
        _holders.pop(id(lab), None)
        _holders[id(lab)] = WeakSet([lab])
        held = {key: one for key, found in _holders.items() for one in found if one.brought}
        for key in _holders.keys() - held.keys():
            del _holders[key]
        size = sum(one.brought.size for one in held.values() if one.brought)
        for key, one in held.items():
            if size <= limits.BROUGHT_MEGABYTES * 10**6 or one is lab or one.brought is None:
                break
            size -= one.brought.size
            one.brought, one.notice = None, _LET_GO
            del _holders[key]
