"""Small flows that are shaped like ours: thin async shells around blocking work. They know nothing of cases."""

import os
import sys
import time
from pathlib import Path

from prefect import flow, task
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tests.bench.common.task import Truth


@task(task_run_name="step-{number}")
def step(number: int) -> int:
    """One short action."""
    return number + 1


@flow(name="sample-short", persist_result=False)
async def short(number: int = 1) -> None:
    """One task: the shortest run that is any use."""
    step(number)


@flow(name="sample-waiting", persist_result=False)
async def waiting() -> State:
    """Ends in a state with a name of its own."""
    return Completed(name="Awaiting partner")


@flow(name="sample-inner", persist_result=False)
async def inner(number: int) -> State:
    """A subflow with one task."""
    step(number)
    return Completed(name="Awaiting consulate")


@flow(name="sample-outer", persist_result=False)
async def outer() -> State:
    """Two subflows, one after the other."""
    for number in (1, 2):
        await inner(number, return_state=True)
    return Completed(name="Awaiting person")


@flow(name="sample-failing", persist_result=False)
async def failing() -> None:
    """Raises."""
    raise ValueError("code-17")


@flow(name="sample-leaving", persist_result=False)
async def leaving() -> None:
    """Tries to end the process that it runs in."""
    sys.exit(3)


@flow(name="sample-sync", persist_result=False)
def plain() -> None:
    """A flow that is not async."""
    step(1)


@flow(name="sample-meeting", persist_result=False)
async def meeting(folder: str, name: str, others: int = 1, seconds: float = 15.0) -> State:
    """Blocks its thread, as database work does, until so many others are there too."""
    mine, last = Path(folder) / name, time.monotonic() + seconds
    mine.touch()
    while len(list(Path(folder).iterdir())) <= others:
        if time.monotonic() > last:
            return Completed(name="Alone")
        time.sleep(0.02)
    return Completed(name="Met")


@flow(name="sample-slow", persist_result=False)
async def slow(seconds: float = 3.0) -> None:
    """Blocks its thread for so long."""
    time.sleep(seconds)
    step(1)


@task(task_run_name="{case} {activity}")
def activity(truth: str, case: str, activity: str) -> str:
    """One recorded activity of the common case."""
    return Truth(Path(truth)).do(case, activity)


@flow(name="sample-leg")
def leg(truth: str, case: str, activities: list[str]) -> None:
    """What a case does between two signals."""
    for name in activities:
        activity(truth, case, name)


@flow(name="sample-dying", persist_result=False)
async def dying(seconds: float = 0.0) -> None:
    """Ends its process as a fault of the interpreter would."""
    time.sleep(seconds)
    os._exit(9)


@flow(name="sample-where", persist_result=False)
async def where() -> State:
    """Says in which process it ran."""
    return Completed(name=str(os.getpid()))


HOARD: list[bytes] = []


@flow(name="sample-hoarding", persist_result=False)
async def hoarding(megabytes: int, seconds: float = 0.0) -> State:
    """Never gives back what it took; says in which process it ran."""
    HOARD.append(os.urandom(1) * (megabytes * 2**20))
    time.sleep(seconds)
    return Completed(name=str(os.getpid()))


SAMPLES = (short, waiting, outer, failing, leaving, plain, meeting, slow, leg, dying, where, hoarding)
