"""Which files of visitors the server holds or is about to, and which of them has to go."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from digitlab import limits
from digitlab.ui.server.token_bucket import TokenBucket

_MEGABYTE = 1_000_000
_SESSIONS = 2000  # remembered; the oldest are forgotten


@dataclass(eq=False)
class File:
    """A file on its way in, or held.

    Attributes:
        session, id: as in the address it is sent to.
        size: bytes that it has, or says that it has: the server reads no more.
        since: when it began to come, then when it was here.
        arriving: whether more may come.
        gone: it had to make room, or was too large for what room there is.
    """

    session: str
    id: str
    size: int
    since: float = 0
    arriving: bool = True
    gone: bool = False


@dataclass
class _Session:
    """What is known of an open page that shows a place for a file."""

    bucket: TokenBucket
    claims: dict[str, str] = field(default_factory=dict)  # uploader's key -> file's id


class Ledger:
    """Keeps the sum of all files below a bound. Pages and the server call it from several threads.

    When there is no room the largest file goes first, so whoever sends large ones loses them, and
    another visitor's photo comes in.

    Args:
        clock: seconds from any start.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._sessions: dict[str, _Session] = {}
        self._files: list[File] = []

    def expect(self, session: str, uploader: str, claimed: str | None) -> None:
        """A page shows a place for a file.

        Args:
            session: whose page.
            uploader: its key.
            claimed: id of the file that lies in it.
        """
        with self._lock:
            known = self._sessions.pop(session, None) or _Session(
                TokenBucket(limits.UPLOADS_A_MINUTE, limits.UPLOADS_A_MINUTE / 60, self._clock)
            )
            known.claims.pop(uploader, None)
            if claimed is not None:
                known.claims[uploader] = claimed
            self._sessions[session] = known
            while len(self._sessions) > _SESSIONS:
                del self._sessions[next(iter(self._sessions))]

    def expects(self, session: str) -> bool:
        """Whether a page of this session has shown a place for a file."""
        with self._lock:
            return session in self._sessions

    def allows(self, session: str) -> bool:
        """Whether one more may come from it in this minute."""
        with self._lock:
            return self._sessions[session].bucket.allows()

    def begin(self, file: File) -> list[File]:
        """It is about to come; which files have to go for it, itself perhaps."""
        with self._lock:
            file.since = self._clock()
            self._files.append(file)
            own = [candidate for candidate in self._files if candidate.session == file.session]
            going = self._over(own, limits.UPLOADS_MEGABYTES_A_SESSION, oldest=True)
            going += self._over(self._files, limits.UPLOADS_MEGABYTES)
            for candidate in going:
                self.forget(candidate)
            return going

    def arrived(self, file: File) -> None:
        """It is here in full, in the place of an earlier one of the same id."""
        with self._lock:
            same = [
                candidate
                for candidate in self.held()
                if (candidate.session, candidate.id) == (file.session, file.id)
            ]
            for candidate in same:
                self.forget(candidate)
            file.arriving, file.since = False, self._clock()

    def forget(self, file: File) -> None:
        """It is not here, or not for long."""
        with self._lock:
            file.gone = True
            if file in self._files:
                self._files.remove(file)

    def held(self) -> list[File]:
        """All that are here in full."""
        with self._lock:
            return [candidate for candidate in self._files if not candidate.arriving]

    def unclaimed(self) -> list[File]:
        """Those that no page has taken within the time for it."""
        with self._lock:
            before = self._clock() - limits.UNCLAIMED_SECONDS
            return [
                candidate
                for candidate in self.held()
                if candidate.since <= before and not self._claimed(candidate)
            ]

    def _claimed(self, file: File) -> bool:
        session = self._sessions.get(file.session)
        return session is not None and file.id in session.claims.values()

    def _over(self, files: list[File], megabytes: int, *, oldest: bool = False) -> list[File]:
        """What has to go until the others are within the bound: the oldest or the largest first."""
        left = sorted(
            (candidate for candidate in files if not candidate.gone),
            key=lambda candidate: candidate.since if oldest else -candidate.size,
        )
        going = []
        while sum(candidate.size for candidate in left) > megabytes * _MEGABYTE:
            going.append(left.pop(0))
        for candidate in going:
            candidate.gone = True
        return going


LEDGER = Ledger()
"""Of this process: pages write into it what they show, the server what comes."""
