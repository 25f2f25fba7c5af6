"""Where the runs of one process sit, one after the other: what Prefect would make anew for each is there already.

Its settings are worked out, its two clients are open and connected, and the event loop is the one they live in.
"""

import asyncio
import contextlib
import contextvars
from collections.abc import Coroutine
from typing import Any, TypeVar

from prefect.client.schemas.objects import FlowRun
from prefect.context import AsyncClientContext, SyncClientContext

from workflows.one_run import carry_out, lean_context

T = TypeVar("T")


class Seat:
    """One thread's."""

    def __init__(self) -> None:
        self._loop, self._context, self._is_connected = asyncio.Runner(), lean_context(), False
        self._connect()

    def carry(self, entrypoint: str, flow_run: FlowRun) -> int:
        """Carry one run, and leave nothing of it behind. Gives how it left."""
        self._connect()
        return self._context.copy().run(carry_out, entrypoint, flow_run, self._wait)

    def close(self) -> None:
        """No more runs come."""
        self._loop.close()

    def _connect(self) -> None:
        if not self._is_connected:
            with contextlib.suppress(Exception):  # the server is away: the run makes its own, or the next one comes
                self._context.run(SyncClientContext().__enter__)
                self._loop.run(AsyncClientContext().__aenter__(), context=self._context)
                self._is_connected = True

    def _wait(self, run: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(alone(run), context=contextvars.copy_context())


async def alone(run: Coroutine[Any, Any, T]) -> T:
    """Wait for a run, and end what it has left in the loop, as the end of a loop of its own would."""
    try:
        return await run
    finally:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
