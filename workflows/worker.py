"""A Prefect worker of type ``sila``: hands runs to processes that are already warm (``workflows/hands.py``).

A run that crashes takes nobody with it: it is reported at once, its process is replaced, and what it held is free
again. A run that is cancelled has ``grace`` seconds for its own end, then its process is ended: the ledger makes that
harmless. A worker that is told to stop waits for its runs up to ``GRACE_SECONDS``. With no processes, runs are threads
of the worker; none can be stopped then. A worker that is killed loses nothing, because the case's own records drive
(DESIGN §1); ``sweep_orphans`` tidies the dashboard. Environment variables of a job (``job_variables.env``) do not reach
a run: it lives in a process that was there before.
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

from models.hint import Listener
from workflows.attending import attend
from workflows.hands import Hands, Lost
from workflows.hint import Soon, listen
from workflows.one_run import ENDED, REFUSED, TERMINATED, carry_out, in_own_thread, lean_context
from workflows.orphans import subflows_of, sweep_orphans
from workflows.worker_settings import WorkerSettings

LIMIT = 2  # threads; what Prefect's server on SQLite bears: with four writers half of all calls end in 503
GRACE_SECONDS = 20.0  # how long a stopping worker lets its runs finish
LAST_WORDS_SECONDS = 3.0  # and how long it tries to say what became of those that did not
SWEEP_EVERY = timedelta(minutes=1)

log = logging.getLogger("sila.worker")


class SilaResult(BaseWorkerResult):
    """How a run left: 0 when its flow came to an end, failed or not; 1 when it could not be run."""


class SilaWorker(BaseWorker[BaseJobConfiguration, BaseVariables, SilaResult]):
    """The warm worker. ``limit`` is the number of runs at a time; a process carries one."""

    type = "sila"
    job_configuration = BaseJobConfiguration
    _description = "Runs Sıla's flows in processes that are already warm."
    _display_name = "Sıla"

    def __init__(self, work_pool_name: str, processes: int | None = None, **named: Any) -> None:
        self._settings = WorkerSettings()
        number = self._settings.processes if processes is None else processes
        limit = min(named.get("limit") or number, number) if number else named.get("limit") or LIMIT
        super().__init__(work_pool_name, **{**named, "limit": limit})
        self._next_sweep = datetime.min.replace(tzinfo=UTC)
        self._context = lean_context()
        self._early = Soon(self.get_and_submit_flow_runs)
        self._hints: Listener | None = None
        self._entrypoints: dict[UUID, str] = {}
        self._hands = Hands(limit, self._settings) if number else None

    async def setup(self) -> None:
        """Start the processes, and listen for hints, beside everything else."""
        if self._hands:
            self._hands.start()
        await super().setup()
        self._hints = listen(self.hinted)

    async def teardown(self, *exc_info: Any) -> None:
        """Take no more work; let the runs end, then the processes."""
        self._early.end()
        if self._hints:
            self._hints.end()
        try:
            await super().teardown(*exc_info)
        finally:
            if self._hands:
                with anyio.CancelScope(shield=True):
                    await self._hands.close()

    async def _submit_run(self, flow_run: FlowRun) -> None:
        """Claim one run, say who has it, and carry it to its end: six calls of Prefect's server, not fourteen.

        Overrides Prefect's own way, which reads the deployment twice and the flow, and tells of
        infrastructure that there is none of here.
        """
        try:
            entrypoint = await self.entrypoint_of(flow_run)
            if await self._propose_pending_state(flow_run):
                signed = asyncio.ensure_future(self.sign(flow_run.id))
                await self.carry(flow_run, entrypoint)
                await signed
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

    async def sign(self, run: UUID) -> None:
        """Say who has a run, for ``sweep_orphans``; the run does not wait for it."""
        with contextlib.suppress(Exception):  # an old run that nobody signed counts as lost, in the dashboard alone
            await self.client.update_flow_run(run, infrastructure_pid=self.name)

    async def entrypoint_of(self, flow_run: FlowRun) -> str:
        """Where the flow is, read once a deployment."""
        known = flow_run.deployment_id
        assert known is not None, "a work pool has only runs of deployments"
        if known not in self._entrypoints:
            self._entrypoints[known] = (await self.client.read_deployment(known)).entrypoint or ""
        return self._entrypoints[known]

    async def carry(self, flow_run: FlowRun, entrypoint: str) -> SilaResult:
        """Run one flow to its end."""
        ended = asyncio.ensure_future(self.code_of(flow_run, entrypoint))
        try:
            code = await asyncio.shield(ended)
        except asyncio.CancelledError:  # the worker stops
            with anyio.CancelScope(shield=True):
                await asyncio.wait({ended}, timeout=GRACE_SECONDS)
                ended.cancel()
                with anyio.move_on_after(LAST_WORDS_SECONDS):
                    await self.report(flow_run, TERMINATED if not ended.done() or ended.cancelled() else ended.result())
            raise
        await self.report(flow_run, code)
        return SilaResult(identifier=self.name, status_code=code)

    async def code_of(self, flow_run: FlowRun, entrypoint: str) -> int:
        """How a run left: in a process, or in a thread of this one."""
        if self._hands is None:
            work = partial(self._context.copy().run, carry_out, entrypoint, flow_run)
            return await in_own_thread(work, f"run {flow_run.id}")
        hand = await self._hands.lend()
        try:
            return await attend(hand, flow_run, entrypoint, self._settings, partial(self.is_cancelling, flow_run.id))
        except Lost as lost:
            return lost.code or TERMINATED
        finally:
            self._hands.give_back(hand)

    async def report(self, flow_run: FlowRun, code: int) -> None:
        """Say what the run could not say itself."""
        if code == ENDED:
            return
        if code != REFUSED:
            await self._propose_crashed_state(flow_run, f"The run ended with code {code}.")
            for inside in await subflows_of(self.client, [flow_run.id]):
                await self._propose_crashed_state(inside, "The run that it belongs to has ended.")
        await self.settle(flow_run.id)

    async def is_cancelling(self, run: UUID) -> bool:
        """Whether somebody asked it to stop."""
        state = (await self.client.read_flow_run(run)).state
        return state is not None and state.is_cancelling()

    async def run(
        self, flow_run: FlowRun, configuration: BaseJobConfiguration, task_status: Any = anyio.TASK_STATUS_IGNORED
    ) -> SilaResult:
        """Run one flow, as Prefect asks for it; the worker itself goes by ``_submit_run``."""
        task_status.started(self.name)
        return await self.carry(flow_run, await self.entrypoint_of(flow_run))

    def poll_soon(self) -> None:
        """Ask for more work as soon as this run's place is free, not only at the next poll."""
        self._early.ask()

    def hinted(self) -> None:
        """Somebody says that there is work. With no place free it is not asked for: the end of a run does that."""
        if self.limiter.available_tokens > 0:
            self.poll_soon()

    async def settle(self, run: UUID) -> None:
        """Say of a run that was asked to stop, and has ended, that it is cancelled. Prefect would take minutes."""
        if await self.is_cancelling(run):
            await self.client.set_flow_run_state(run, Cancelled(message="It was asked to stop."), force=True)

    async def sync_with_backend(self) -> None:
        """The heartbeat; once a minute it also looks for runs whose worker is gone."""
        await super().sync_with_backend()
        now = datetime.now(UTC)
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_EVERY
            with contextlib.suppress(Exception):  # tidying; the next minute comes
                await sweep_orphans(self.client, self._work_pool_name, now)


def main(pool: str, limit: int | None = None, processes: int | None = None, *, health: bool = False) -> None:
    """Work until SIGTERM or Ctrl-C, then let what runs finish. ``health``: answer on Prefect's health port."""
    with contextlib.suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(work(SilaWorker(work_pool_name=pool, limit=limit, processes=processes), health))


async def work(worker: SilaWorker, health: bool) -> None:
    """The worker's life; SIGTERM cancels it, and leaving waits for its runs."""
    life = asyncio.current_task()
    assert life is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, life.cancel)
    await worker.start(with_healthcheck=health)
