"""Things the simulator does later, one after the other, on a thread of its own."""

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count

# An errand returns in how many seconds it wants to be run again, or None when it is done.
Errand = Callable[[], float | None]


class Errands:
    """A queue of errands by due time; the thread starts with the first errand and dies with the process."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._due: list[tuple[float, int, Errand]] = []
        self._tickets, self._running, self._generation = count(), 0, 0
        self._thread: threading.Thread | None = None

    def add(self, seconds: float, errand: Errand) -> None:
        """Run ``errand`` in ``seconds``."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._tickets), errand))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="airline-errands", daemon=True)
                self._thread.start()
            self._wake.notify()

    def pending(self) -> int:
        """How many errands are waiting or being run."""
        with self._wake:
            return len(self._due) + self._running

    def forget(self) -> None:
        """Drop what waits; what is being run is not run again."""
        with self._wake:
            self._due.clear()
            self._generation += 1

    def _next(self) -> tuple[Errand, int]:
        with self._wake:
            while True:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    self._running = 1
                    return heapq.heappop(self._due)[2], self._generation
                self._wake.wait(wait)

    def _run(self) -> None:
        while True:
            errand, generation = self._next()
            again = errand()
            with self._wake:
                self._running = 0
                if again is not None and generation == self._generation:
                    self.add(again, errand)
