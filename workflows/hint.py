"""Makes a worker poll at once: when a hint comes, and when a run has ended. However many hints, few polls."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from pydantic import ValidationError

from models.hint import Listener
from models.settings import RecordSettings

BETWEEN_SECONDS = 0.02  # a flood makes at most so many polls a second, and each takes all that there is


class Soon:
    """One poll under way and at most one behind it, however often it is asked for. Lives in one event loop."""

    def __init__(self, poll: Callable[[], Awaitable[object]]) -> None:
        self._poll, self._is_asked, self._has_ended = poll, False, False
        self._task: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """Poll now, or once more after the poll under way: that one may have looked too early."""
        self._is_asked = not self._has_ended
        if self._is_asked and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while self._is_asked:
            self._is_asked = False
            with contextlib.suppress(Exception):  # the next poll comes anyway
                await self._poll()
            await asyncio.sleep(BETWEEN_SECONDS)

    def end(self) -> None:
        """Poll no more, whoever asks."""
        self._has_ended = True
        if self._task is not None:
            self._task.cancel()


def listen(ask: Callable[[], None]) -> Listener | None:
    """Call ``ask`` in this event loop at every hint; None where hints are off, or no records are, as on a worker of

    other flows.
    """
    loop = asyncio.get_running_loop()

    def heard() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(ask)

    try:
        known = RecordSettings()
    except ValidationError:
        return None
    return Listener(known.database_url, heard) if known.hints else None
