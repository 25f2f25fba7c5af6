"""The processes behind the warm worker, on a real Prefect server: each dies, is worn or stopped alone, and none stays."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelling

from api.cli.children import Child, family
from api.cli.stack import Stack
from tests.bench.runs import Runs

pytestmark = [
    pytest.mark.stack,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Prefect's own, at import and in its client
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
POOL = "hands"
SETTINGS = {"SILA_WORKER_RUNS": "4", "SILA_WORKER_MEMORY": "400", "SILA_WORKER_GRACE": "1"}


@pytest.fixture(scope="module")
def runs(stack: Stack) -> Iterator[Runs]:
    """Two processes, soon worn."""
    with temporary_settings({PREFECT_API_URL: stack.api_url}), get_client(sync_client=True) as client:
        runs = Runs(client, POOL, "sila")
        command = ["-m", "api.cli.main", "worker", "--pool", POOL, "--processes", "2"]
        stack.add(Child("hands", [sys.executable, *command], SETTINGS))
        runs.ended([runs.start("short")])
        yield runs
        stack.stop("hands")


def hands(stack: Stack) -> list[int]:
    """The processes of the worker's runs."""
    return family(stack.pids()["hands"])[1:]


def home(runs: Runs, flow: str = "where", **said: int) -> int:
    """The process in which a run was."""
    name = runs.ended([runs.start(flow, **said)])[0].state_name
    assert name is not None
    return int(name)


def started(run: FlowRun) -> bool:
    return run.state_type == StateType.RUNNING


def test_a_run_that_crashes_its_process_harms_no_other_and_is_reported_at_once(stack: Stack, runs: Runs) -> None:
    worker = stack.pids()["hands"]
    other = runs.start("slow", seconds=4)
    runs.until(other, started)
    lost = runs.start("dying", seconds=1)
    began = runs.until(lost, started).start_time
    crashed = runs.ended([lost])[0]
    assert crashed.state is not None
    assert (crashed.state_type, crashed.state.message) == (StateType.CRASHED, "The run ended with code 9.")
    assert crashed.end_time is not None
    assert began is not None
    assert (crashed.end_time - began).total_seconds() < 3
    assert runs.ended([other])[0].state_type == StateType.COMPLETED
    assert home(runs) in hands(stack)
    assert stack.pids()["hands"] == worker


def test_a_cancelled_run_that_does_not_end_is_stopped(stack: Stack, runs: Runs) -> None:
    run = runs.start("slow", seconds=100)
    runs.until(run, started)
    runs.client.set_flow_run_state(run, Cancelling())
    assert runs.ended([run], seconds=15)[0].state_type == StateType.CANCELLED
    assert runs.ended([runs.start("short")])[0].state_type == StateType.COMPLETED


def test_a_process_that_grew_or_carried_its_share_is_replaced(runs: Runs) -> None:
    fat = home(runs, "hoarding", megabytes=450)
    homes = [home(runs) for _ in range(9)]
    assert fat not in homes
    assert max(homes.count(one) for one in homes) <= 4


def test_a_run_that_takes_far_too_much_memory_is_ended(runs: Runs) -> None:
    run = runs.ended([runs.start("hoarding", megabytes=900, seconds=60)])[0]
    assert run.state_type == StateType.CRASHED


def test_a_worker_that_is_told_to_stop_lets_its_run_end_and_takes_its_processes_along(stack: Stack, runs: Runs) -> None:
    run = runs.start("slow", seconds=2)
    runs.until(run, started)
    members = hands(stack)
    stack.stop("hands", grace_seconds=15)
    assert runs.read(run).state_type == StateType.COMPLETED
    assert gone(members, seconds=0)
    stack.start("hands")


def test_a_worker_that_is_killed_leaves_no_process(stack: Stack, runs: Runs) -> None:
    """Also in the middle of a run; only the worker itself is killed, not its family."""
    run = runs.start("slow", seconds=100)
    runs.until(run, started)
    members = hands(stack)
    os.kill(stack.pids()["hands"], signal.SIGKILL)
    assert len(members) == 2
    assert gone(members, seconds=5)


def gone(pids: list[int], seconds: float) -> bool:
    """Whether none of them lives after so long."""
    last = time.monotonic() + seconds
    while any(lives(pid) for pid in pids):
        if time.monotonic() > last:
            return False
        time.sleep(0.05)
    return True


def lives(pid: int) -> bool:
    """A process that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
