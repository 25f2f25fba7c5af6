"""Deploys flows to a Prefect server and follows their runs, for the worker's tests and measurements."""

import contextlib
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectAlreadyExists

from tests.bench import sample_flows


class Runs:
    """One work pool with the flows of a module: its ``SAMPLES``. ``form``: an entrypoint names its flow after this."""

    def __init__(
        self, client: SyncPrefectClient, pool: str, kind: str, form: str = ".", module: Any = sample_flows
    ) -> None:
        self.client, self.pool = client, pool
        with contextlib.suppress(ObjectAlreadyExists):
            client.create_work_pool(WorkPoolCreate(name=pool, type=kind))
        self._deployments = {
            flow.fn.__name__: self._deploy(flow, f"{module.__name__}{form}") for flow in module.SAMPLES
        }

    def _deploy(self, flow: Any, within: str) -> UUID:
        return self.client.create_deployment(
            flow_id=self.client.create_flow(flow),
            name=self.pool,
            entrypoint=f"{within}{flow.fn.__name__}",
            work_pool_name=self.pool,
            enforce_parameter_schema=False,
        )

    def deploy_missing(self) -> None:
        """A deployment whose code does not exist."""
        flow_id = self.client.create_flow_from_name("sample-missing")
        self._deployments["missing"] = self.client.create_deployment(
            flow_id=flow_id, name=self.pool, entrypoint="no.such.module.flow", work_pool_name=self.pool
        )

    def start(self, flow: str, /, **parameters: Any) -> UUID:
        """Ask for a run now."""
        return self.client.create_flow_run_from_deployment(self._deployments[flow], parameters=parameters).id

    def read(self, run: UUID) -> FlowRun:
        """The run as the server knows it."""
        return self.client.read_flow_run(run)

    def until(self, run: UUID, true: Callable[[FlowRun], bool], seconds: float = 30.0, pause: float = 0.1) -> FlowRun:
        """Wait until something holds of a run."""
        last = time.monotonic() + seconds
        while not true(known := self.read(run)):
            assert time.monotonic() < last, f"{known.name} is still {known.state_name}"
            time.sleep(pause)
        return known

    def ended(self, runs: Iterable[UUID], seconds: float = 30.0, pause: float = 0.1) -> list[FlowRun]:
        """Wait until all runs are in a final state."""
        return [self.until(run, is_final, seconds, pause) for run in runs]


def is_final(run: FlowRun) -> bool:
    """Whether nothing more will happen to it."""
    return run.state is not None and run.state.is_final()
