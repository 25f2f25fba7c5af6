"""Stays by a run in a process: stops it when it was cancelled and does not end by itself, or takes too much memory."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from prefect.client.schemas.objects import FlowRun

from workflows.hands import Hand, Lost
from workflows.one_run import REFUSED
from workflows.worker_settings import WorkerSettings

LOOK_SECONDS = 1.0  # at its memory
ASK_EVERY = 3  # looks between two questions to Prefect whether it is cancelled: a short run costs none
log = logging.getLogger("sila.worker")


async def attend(
    hand: Hand,
    flow_run: FlowRun,
    entrypoint: str,
    settings: WorkerSettings,
    is_cancelling: Callable[[], Awaitable[bool]],
) -> int:
    """Carry one run in a process. Gives how it left: REFUSED too when it was stopped. Raises Lost."""
    ended = asyncio.ensure_future(hand.carry(entrypoint, flow_run))
    looks = 0
    try:
        while not ended.done():
            await asyncio.wait({ended}, timeout=LOOK_SECONDS)
            looks += 1
            if not ended.done() and hand.takes_too_much(settings):
                hand.kill()
            if not ended.done() and looks % ASK_EVERY == 0 and await asked(is_cancelling):
                return await stop(hand, ended, settings.grace)
        return ended.result()
    except asyncio.CancelledError:  # the worker cannot wait any longer
        hand.kill()
        hand.process.wait()
        ended.cancel()
        raise


async def asked(is_cancelling: Callable[[], Awaitable[bool]]) -> bool:
    """Whether the run is to stop; not, as long as Prefect does not answer."""
    try:
        return await is_cancelling()
    except Exception:
        return False


async def stop(hand: Hand, ended: "asyncio.Future[int]", grace: float) -> int:
    """Wait for its own end, then end its process."""
    await asyncio.wait({ended}, timeout=grace)
    if not ended.done():
        log.warning("a cancelled run did not end in %s s: its process is ended", grace)
        hand.kill()
    with contextlib.suppress(Lost):
        await ended
    return REFUSED
