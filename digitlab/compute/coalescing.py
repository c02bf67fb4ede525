"""The same question of several visitors is asked once, and its answer remembered for a while.

A class that opens its teacher's run, and goes through its Replay, asks the same thing thirty times.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

T = TypeVar("T")

_LOOK_SECONDS = 0.2  # between two looks whether the answer is still wanted


class SharedAnswers(Generic[T]):
    """Answers that were given, or are being found. For use from many threads.

    Args:
        most: answers that are remembered.
    """

    def __init__(self, most: int) -> None:
        self._futures: LRUCache[str, Future[T]] = LRUCache(most)
        self._lock = Lock()

    def get(self, question: str, find: Callable[[], T], waits: Callable[[], object]) -> T:
        """The answer to a question, found by the first who asks.

        If the first one fails, or does not want to know any more, the next one who waits finds it.

        Args:
            question: equal for equal questions.
            find: finds the answer. Nobody may change it.
            waits: called several times a second while somebody else finds it; what it raises ends
                the wait.
        """
        while True:
            with self._lock:
                future = self._futures.get(question)
                first = future is None
                if future is None:
                    future = self._futures[question] = Future()
            if first:
                return self._find(question, future, find)
            try:
                return future.result(_LOOK_SECONDS)
            except TimeoutError:
                waits()
            except CancelledError:  # the first one has no answer
                continue

    def _find(self, question: str, future: Future[T], find: Callable[[], T]) -> T:
        try:
            answer = find()
        except BaseException:
            with self._lock:
                if self._futures.get(question) is future:
                    del self._futures[question]
            future.cancel()
            raise
        future.set_result(answer)
        return answer
