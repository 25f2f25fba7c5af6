"""A Prefect worker of type ``sila``: runs flows in this process, which is already warm.

Each run has a thread and an event loop of its own, so that database work in one run blocks neither the
worker's polling and heartbeat nor another run. A thread cannot be killed: a run that is cancelled goes on
to its own end and is then marked; a worker that is told to stop waits for its runs up to
``GRACE_SECONDS``. A process that is killed loses nothing, because the case's own records drive (DESIGN §1);
``sweep_orphans`` tidies the dashboard. Environment variables of a job (``job_variables.env``) do not reach
a run: it lives in the worker's process.
"""

import asyncio
import contextlib
import contextvars
import inspect
import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import anyio
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas import filters
from prefect.client.schemas.objects import FlowRun, StateType, Worker
from prefect.exceptions import Abort, Pause, TerminationSignal
from prefect.flow_engine import run_flow
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Cancelled, Crashed
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult
from pydantic import PrivateAttr

if TYPE_CHECKING:
    from prefect.client.schemas.responses import DeploymentResponse

LIMIT = 2  # what Prefect's server on SQLite bears: with four writers half of all calls end in 503
GRACE_SECONDS = 20.0  # how long a stopping worker lets its runs finish
PLACE_FREE_AFTER = 0.01  # seconds between the end of ``run`` and Prefect's giving its place free, and some
SWEEP_EVERY = timedelta(minutes=1)
ORPHAN_AFTER = timedelta(minutes=3)  # well over the three heartbeats after which a worker counts as gone

ENDED, BROKEN, REFUSED, TERMINATED = 0, 1, 2, -15
log = logging.getLogger("sila.worker")
_flows: dict[str, Flow[..., Any]] = {}
_loading = threading.Lock()


class SilaConfiguration(BaseJobConfiguration):
    """What a run needs: the entrypoint of its deployment."""

    _entrypoint: str = PrivateAttr(default="")

    @property
    def entrypoint(self) -> str:
        return self._entrypoint

    def prepare_for_flow_run(
        self, flow_run: FlowRun, deployment: "DeploymentResponse | None" = None, *rest: Any, **named: Any
    ) -> None:
        super().prepare_for_flow_run(flow_run, deployment, *rest, **named)
        self._entrypoint = (deployment.entrypoint if deployment else None) or ""


class SilaResult(BaseWorkerResult):
    """How a run left: 0 when its flow came to an end, failed or not; 1 when it could not be run."""


class SilaWorker(BaseWorker[SilaConfiguration, BaseVariables, SilaResult]):
    """The warm worker. ``limit`` is the number of runs at a time."""

    type = "sila"
    job_configuration = SilaConfiguration
    _description = "Runs Sıla's flows in a process that is already warm."
    _display_name = "Sıla"

    def __init__(self, work_pool_name: str, **named: Any) -> None:
        super().__init__(work_pool_name, **{**named, "limit": named.get("limit") or LIMIT})
        self._next_sweep = datetime.min.replace(tzinfo=UTC)
        self._context = lean_context()
        self._early: asyncio.Task[None] | None = None

    async def run(
        self, flow_run: FlowRun, configuration: SilaConfiguration, task_status: Any = anyio.TASK_STATUS_IGNORED
    ) -> SilaResult:
        """Run one flow to its end in a thread of its own."""
        work = partial(self._context.copy().run, carry_out, configuration.entrypoint, flow_run)
        ended = in_own_thread(work, f"run {flow_run.id}")
        task_status.started(os.getpid())
        try:
            code = await asyncio.shield(ended)
        except asyncio.CancelledError:  # the worker stops
            with anyio.CancelScope(shield=True):
                await asyncio.wait({ended}, timeout=GRACE_SECONDS)
            raise
        if code == REFUSED:
            await self.settle(flow_run.id)
            code = ENDED
        self.poll_soon()
        return SilaResult(identifier=str(os.getpid()), status_code=code)

    def poll_soon(self) -> None:
        """Ask for more work as soon as this run's place is free, not only at the next poll."""
        if self._early is None or self._early.done():
            self._early = asyncio.create_task(self._poll_early())

    async def _poll_early(self) -> None:
        await asyncio.sleep(PLACE_FREE_AFTER)
        with contextlib.suppress(Exception):  # the next poll comes anyway
            await self.get_and_submit_flow_runs()

    async def settle(self, run: UUID) -> None:
        """Say of a run that was asked to stop, and has ended, that it is cancelled. Prefect would take minutes."""
        state = (await self.client.read_flow_run(run)).state
        if state is not None and state.is_cancelling():
            await self.client.set_flow_run_state(run, Cancelled(message="It was asked to stop."), force=True)

    async def sync_with_backend(self) -> None:
        """The heartbeat; once a minute it also looks for runs whose worker is gone."""
        await super().sync_with_backend()
        now = datetime.now(UTC)
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_EVERY
            with contextlib.suppress(Exception):  # tidying; the next minute comes
                await sweep_orphans(self.client, self._work_pool_name, now)


def lean_context() -> contextvars.Context:
    """Prefect's settings for a run, worked out once: it takes as long as the rest of a short run.

    Without the heartbeat, which costs a thread and an event; ``sweep_orphans`` notices a lost worker instead.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return contextvars.copy_context()


def in_own_thread(work: Callable[[], int], name: str) -> "asyncio.Future[int]":
    """Start ``work`` in a new thread that does not keep the process alive; the future holds its result."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def report(code: int) -> None:
        if not ended.done():
            ended.set_result(code)

    def target() -> None:
        code = work()
        with contextlib.suppress(RuntimeError):  # the loop is closed: the worker's patience ran out
            loop.call_soon_threadsafe(report, code)

    threading.Thread(target=target, name=name, daemon=True).start()
    return ended


def carry_out(entrypoint: str, flow_run: FlowRun) -> int:
    """Run the flow. What it raised is in its state already; nothing may reach the worker."""
    # Without its deployment the engine opens no websocket and thread that would wait for a pause from outside;
    # it reads the whole run again before the flow begins.
    plain = flow_run.model_copy(update={"deployment_id": None})
    try:
        outcome = run_flow(flow_of(entrypoint), flow_run=plain, return_type="state")
        if inspect.iscoroutine(outcome):
            asyncio.run(outcome)
    except (Abort, Pause):
        return REFUSED  # the server does not want it to run, or to go on
    except TerminationSignal:
        return TERMINATED
    except BaseException as error:  # SystemExit from a flow must not end the worker either
        log.warning("a run did not come to its end: %s", type(error).__name__)
        return BROKEN
    return ENDED


def flow_of(entrypoint: str) -> Flow[..., Any]:
    """A flow, imported once (``package.module.flow`` or ``package.module:flow``)."""
    with _loading:  # Prefect's importer is not thread-safe
        if entrypoint not in _flows:
            _flows[entrypoint] = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
        return _flows[entrypoint]


async def sweep_orphans(client: PrefectClient, pool: str, now: datetime) -> int:
    """Mark runs CRASHED that have been under way for long and whose worker is gone. Gives their number.

    It is only for the dashboard. A run that was alive after all goes on unharmed: its effects are in the ledger.
    """
    workers = await client.read_workers_for_work_pool(pool)
    live = {worker.name for worker in workers if is_live(worker, now)}
    runs = await client.read_flow_runs(
        flow_run_filter=filters.FlowRunFilter(state=UNDER_WAY),
        work_pool_filter=filters.WorkPoolFilter(name=filters.WorkPoolFilterName(any_=[pool])),
    )
    lost = [run for run in runs if is_old(run, now) and run.labels.get("prefect.worker.name") not in live]
    for run in [*lost, *await subflows_of(client, [run.id for run in lost])]:
        await client.set_flow_run_state(run.id, Crashed(message="The worker of this run is gone."))
    return len(lost)


UNDER_WAY = filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING]))


def is_live(worker: Worker, now: datetime) -> bool:
    heard = worker.last_heartbeat_time
    return heard is not None and now - heard < ORPHAN_AFTER


def is_old(run: FlowRun, now: datetime) -> bool:
    return run.state is not None and now - run.state.timestamp > ORPHAN_AFTER


async def subflows_of(client: PrefectClient, parents: list[UUID]) -> list[FlowRun]:
    """Runs still under way inside the given ones, at any depth."""
    if not parents:
        return []
    inside = filters.FlowRunFilterParentFlowRunId(any_=parents)
    runs = await client.read_flow_runs(
        flow_run_filter=filters.FlowRunFilter(parent_flow_run_id=inside, state=UNDER_WAY)
    )
    return [*runs, *await subflows_of(client, [run.id for run in runs])]


def main(pool: str, limit: int = LIMIT) -> None:
    """Work until SIGTERM or Ctrl-C, then let what runs finish."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(work(SilaWorker(work_pool_name=pool, limit=limit)))


async def work(worker: SilaWorker) -> None:
    """The worker's life; SIGTERM cancels it, and leaving waits for its runs."""
    life = asyncio.current_task()
    assert life is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, life.cancel)
    await worker.start()
