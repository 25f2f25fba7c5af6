"""Tidies Prefect's dashboard after a worker that was killed. The cases themselves need no tidying."""

from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas import filters
from prefect.client.schemas.objects import FlowRun, StateType, Worker
from prefect.states import Cancelled, Crashed

ORPHAN_AFTER = timedelta(minutes=3)  # well over the three heartbeats after which a worker counts as gone


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
    lost = [run for run in runs if is_old(run, now) and run.infrastructure_pid not in live]
    for run in [*lost, *await subflows_of(client, [run.id for run in lost])]:
        await client.set_flow_run_state(run.id, Crashed(message="The worker of this run is gone."))
    await settle_cancelling(client, pool, now)
    return len(lost)


async def settle_cancelling(client: PrefectClient, pool: str, now: datetime) -> None:
    """Runs that somebody cancelled in the dashboard and that nobody has marked since: they have ended long ago."""
    asked = await client.read_flow_runs(
        flow_run_filter=filters.FlowRunFilter(state=CANCELLING),
        work_pool_filter=filters.WorkPoolFilter(name=filters.WorkPoolFilterName(any_=[pool])),
    )
    for run in (run for run in asked if is_old(run, now)):
        await client.set_flow_run_state(run.id, Cancelled(message="It was asked to stop, and has ended."), force=True)


CANCELLING = filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[StateType.CANCELLING]))
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
