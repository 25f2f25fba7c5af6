"""The warm worker against a real Prefect server: runs end, overlap, fail alone, and survive its death."""

import asyncio
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentFlowRunId
from prefect.client.schemas.objects import FlowRun, StateType, Worker
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelling

from api.cli.stack import Child, Stack
from tests.bench.runs import Runs
from workflows.orphans import ORPHAN_AFTER, sweep_orphans

pytestmark = [
    pytest.mark.stack,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Prefect's own, at import and in its client
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
POOL = "samples"


@pytest.fixture(scope="module")
def runs(stack: Stack) -> Iterator[Runs]:
    """The sample flows, and a worker started the way Prefect starts any worker."""
    with temporary_settings({PREFECT_API_URL: stack.api_url}), get_client(sync_client=True) as client:
        runs = Runs(client, POOL, "sila")
        runs.deploy_missing()
        command = ["-m", "prefect", "worker", "start", "--pool", POOL, "--type", "sila"]
        stack.add(Child("worker", [sys.executable, *command]))
        yield runs
        stack.stop("worker")


def started(run: FlowRun) -> bool:
    return run.state_type == StateType.RUNNING


def how(run: FlowRun) -> tuple[StateType | None, str | None]:
    return run.state_type, run.state_name


def test_runs_end_in_the_states_their_flows_chose(runs: Runs) -> None:
    wanted = {
        "short": (StateType.COMPLETED, "Completed"),
        "plain": (StateType.COMPLETED, "Completed"),
        "waiting": (StateType.COMPLETED, "Awaiting partner"),
        "outer": (StateType.COMPLETED, "Awaiting person"),
        "failing": (StateType.FAILED, "Failed"),
        "leaving": (StateType.CRASHED, "Crashed"),
        "missing": (StateType.CRASHED, "Crashed"),
    }
    ended = runs.ended([runs.start(name) for name in wanted])
    assert dict(zip(wanted, map(how, ended), strict=True)) == wanted


def test_the_worker_outlives_flows_that_raise_or_leave(stack: Stack, runs: Runs) -> None:
    before = stack.pids()["worker"]
    runs.ended([runs.start(name) for name in ("leaving", "missing", "failing", "short")])
    assert stack.pids()["worker"] == before


def test_subflows_are_runs_of_their_own(runs: Runs) -> None:
    (parent,) = runs.ended([runs.start("outer")])
    inside = FlowRunFilter(parent_flow_run_id=FlowRunFilterParentFlowRunId(any_=[parent.id]))
    children = runs.client.read_flow_runs(flow_run_filter=inside)
    assert [how(child) for child in children] == [(StateType.COMPLETED, "Awaiting consulate")] * 2


def test_blocking_runs_overlap(runs: Runs, tmp_path: Path) -> None:
    pair = [runs.start("meeting", folder=str(tmp_path), name=name) for name in ("a", "b")]
    assert [run.state_name for run in runs.ended(pair)] == ["Met", "Met"]


def test_no_more_runs_at_a_time_than_the_limit(runs: Runs, tmp_path: Path) -> None:
    """Two by default: of three that wait for two others, none meets them all."""
    three = [runs.start("meeting", folder=str(tmp_path), name=n, others=2, seconds=2) for n in "abc"]
    assert "Alone" in {run.state_name for run in runs.ended(three)}


def test_a_stopping_worker_lets_its_run_finish(stack: Stack, runs: Runs) -> None:
    run = runs.start("slow", seconds=2)
    runs.until(run, started)
    stack.stop("worker", grace_seconds=15)
    assert how(runs.read(run)) == (StateType.COMPLETED, "Completed")
    later = runs.start("short")
    stack.start("worker")
    assert runs.ended([later])[0].state_type == StateType.COMPLETED


def test_a_killed_worker_comes_back_and_its_run_is_swept(stack: Stack, runs: Runs) -> None:
    """Kill -9 in the middle of a run: the next runs work, and only the dead worker's run is marked."""
    lost = runs.start("slow", seconds=60)
    runs.until(lost, started)
    dead = runs.read(lost).infrastructure_pid
    stack.kill("worker")
    assert runs.ended([runs.start("short")])[0].state_type == StateType.COMPLETED
    held = runs.start("slow", seconds=8)
    runs.until(held, started)
    assert sweep(runs, str(dead), lost) == 1
    assert runs.read(lost).state_type == StateType.CRASHED
    assert runs.ended([held])[0].state_type == StateType.COMPLETED


def test_a_run_that_was_cancelled_does_not_stay_in_cancelling(runs: Runs) -> None:
    run = runs.start("slow", seconds=1.5)
    runs.until(run, started)
    runs.client.set_flow_run_state(run, Cancelling())
    time.sleep(3)

    async def tidy() -> int:
        async with get_client() as client:
            return await sweep_orphans(client, POOL, datetime.now(UTC) + ORPHAN_AFTER)

    asyncio.run(tidy())
    assert runs.read(run).state_type == StateType.CANCELLED


def sweep(runs: Runs, dead: str, lost: UUID) -> int:
    """Sweep as if it were the moment at which the dead worker has been silent for long enough."""
    workers = {w.name: w for w in runs.client.read_workers_for_work_pool(POOL)}
    known = runs.read(lost)
    assert known.state is not None
    moment = max(heard(workers[dead]), known.state.timestamp.timestamp()) + 0.5
    last = time.monotonic() + 15
    while time.monotonic() < last and not any(heard(w) > moment for w in workers.values()):
        workers = {w.name: w for w in runs.client.read_workers_for_work_pool(POOL)}
    now = known.state.timestamp + timedelta(seconds=moment - known.state.timestamp.timestamp()) + ORPHAN_AFTER

    async def ask() -> int:
        async with get_client() as client:
            return await sweep_orphans(client, POOL, now)

    return asyncio.run(ask())


def heard(worker: Worker) -> float:
    assert worker.last_heartbeat_time is not None
    return worker.last_heartbeat_time.timestamp()
