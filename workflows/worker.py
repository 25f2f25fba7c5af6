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
import logging
import signal
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import anyio
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from workflows.one_run import ENDED, REFUSED, carry_out, in_own_thread, lean_context
from workflows.orphans import sweep_orphans

LIMIT = 2  # what Prefect's server on SQLite bears: with four writers half of all calls end in 503
GRACE_SECONDS = 20.0  # how long a stopping worker lets its runs finish
SWEEP_EVERY = timedelta(minutes=1)

log = logging.getLogger("sila.worker")


class SilaResult(BaseWorkerResult):
    """How a run left: 0 when its flow came to an end, failed or not; 1 when it could not be run."""


class SilaWorker(BaseWorker[BaseJobConfiguration, BaseVariables, SilaResult]):
    """The warm worker. ``limit`` is the number of runs at a time."""

    type = "sila"
    job_configuration = BaseJobConfiguration
    _description = "Runs Sıla's flows in a process that is already warm."
    _display_name = "Sıla"

    def __init__(self, work_pool_name: str, **named: Any) -> None:
        super().__init__(work_pool_name, **{**named, "limit": named.get("limit") or LIMIT})
        self._next_sweep = datetime.min.replace(tzinfo=UTC)
        self._context = lean_context()
        self._early: asyncio.Task[None] | None = None
        self._entrypoints: dict[UUID, str] = {}

    async def _submit_run(self, flow_run: FlowRun) -> None:
        """Claim one run, say who has it, and carry it to its end: six calls of Prefect's server, not fourteen.

        Overrides Prefect's own way, which reads the deployment twice and the flow, and tells of
        infrastructure that there is none of here.
        """
        try:
            entrypoint = await self.entrypoint_of(flow_run)
            if await self._propose_pending_state(flow_run):
                await self.client.update_flow_run(flow_run.id, infrastructure_pid=self.name)
                await self.carry(flow_run, entrypoint)
        except ObjectNotFound:
            await self.client.set_flow_run_state(flow_run.id, Cancelled(message="Its deployment is gone."), force=True)
        except Exception as error:  # the server is away: the run is claimed again, swept, or the clock brings its case
            log.warning("a run could not be carried: %s", type(error).__name__)
        finally:
            self._release_limit_slot(flow_run.id)
            self._submitting_flow_run_ids.discard(flow_run.id)
            if self._cancelling_observer is not None:
                self._cancelling_observer.remove_in_flight_flow_run_id(flow_run.id)
        self.poll_soon()

    async def entrypoint_of(self, flow_run: FlowRun) -> str:
        """Where the flow is, read once a deployment."""
        known = flow_run.deployment_id
        assert known is not None, "a work pool has only runs of deployments"
        if known not in self._entrypoints:
            self._entrypoints[known] = (await self.client.read_deployment(known)).entrypoint or ""
        return self._entrypoints[known]

    async def carry(self, flow_run: FlowRun, entrypoint: str) -> SilaResult:
        """Run one flow to its end in a thread of its own."""
        work = partial(self._context.copy().run, carry_out, entrypoint, flow_run)
        ended = in_own_thread(work, f"run {flow_run.id}")
        try:
            code = await asyncio.shield(ended)
        except asyncio.CancelledError:  # the worker stops
            with anyio.CancelScope(shield=True):
                await asyncio.wait({ended}, timeout=GRACE_SECONDS)
            raise
        if code == REFUSED:
            await self.settle(flow_run.id)
        elif code != ENDED:
            await self._propose_crashed_state(flow_run, f"The run ended with code {code}.")
        return SilaResult(identifier=self.name, status_code=code)

    async def run(
        self, flow_run: FlowRun, configuration: BaseJobConfiguration, task_status: Any = anyio.TASK_STATUS_IGNORED
    ) -> SilaResult:
        """Run one flow, as Prefect asks for it; the worker itself goes by ``_submit_run``."""
        task_status.started(self.name)
        return await self.carry(flow_run, await self.entrypoint_of(flow_run))

    def poll_soon(self) -> None:
        """Ask for more work as soon as this run's place is free, not only at the next poll."""
        if self._early is None or self._early.done():
            self._early = asyncio.create_task(self._poll_early())

    async def _poll_early(self) -> None:
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


def main(pool: str, limit: int = LIMIT, *, health: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C, then let what runs finish. ``health``: answer on Prefect's health port."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(work(SilaWorker(work_pool_name=pool, limit=limit), health))


async def work(worker: SilaWorker, health: bool) -> None:
    """The worker's life; SIGTERM cancels it, and leaving waits for its runs."""
    life = asyncio.current_task()
    assert life is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, life.cancel)
    await worker.start(with_healthcheck=health)
