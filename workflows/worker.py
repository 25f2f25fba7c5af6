"""A Prefect worker of type ``sila``: runs flows in this process, which is already up.

Each run has a thread and an event loop of its own, so that database work in one blocks neither the
worker's polling nor another run. A thread cannot be killed: a cancelled run stops before its next
action, and a killed process loses nothing, because the case's own records drive (DESIGN §1).
"""

import asyncio
import os
import threading
from functools import cache
from typing import Any

import anyio
from prefect import Flow
from prefect.flow_engine import run_flow_async
from prefect.flows import load_flow_from_entrypoint
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

LIMIT = 2  # what Prefect on SQLite answers without 503 (reference: at four writers half of all calls fail)


class SilaResult(BaseWorkerResult):
    """How a run ended: 0 when its flow came to an end, whatever state that was."""


@cache
def flow_of(entrypoint: str) -> Flow[Any, Any]:
    """A flow, imported once."""
    return load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)


class SilaWorker(BaseWorker[BaseJobConfiguration, BaseVariables, SilaResult]):
    """The warm worker."""

    type = "sila"
    job_configuration = BaseJobConfiguration
    job_configuration_variables = BaseVariables
    _description = "Runs Sıla's flows in a process that is already up."
    _display_name = "Sıla"

    async def run(
        self,
        flow_run: Any,
        configuration: BaseJobConfiguration,
        task_status: Any = anyio.TASK_STATUS_IGNORED,
    ) -> SilaResult:
        """Run one flow to its end in a thread of its own."""
        deployment = await self.client.read_deployment(flow_run.deployment_id)
        task_status.started(os.getpid())
        code = await anyio.to_thread.run_sync(carry_out, deployment.entrypoint or "", flow_run)
        return SilaResult(identifier=str(os.getpid()), status_code=code)


def carry_out(entrypoint: str, flow_run: Any) -> int:
    """Run the flow; what it raised is already in its state, and must not reach the worker."""
    try:
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            asyncio.run(run_flow_async(flow_of(entrypoint), flow_run=flow_run, return_type="state"))
    except Exception:
        return 1
    return 0


def main(pool: str, limit: int = LIMIT) -> None:
    """Work until SIGTERM, then finish what runs."""
    worker = SilaWorker(work_pool_name=pool, limit=limit)
    worker_thread = threading.current_thread()
    worker_thread.name = "worker"
    asyncio.run(worker.start())
