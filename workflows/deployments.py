"""Registers every flow as a deployment, in code; the same ones run on the warm worker and on the stock one."""

import contextlib
from datetime import timedelta
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists

from workflows.flows import FLOWS
from workflows.nudge import POOL

MODULE = "workflows.flows"
NIGHT, AT_HOME = "30 2 * * *", "Europe/Istanbul"  # when nobody is at work


async def register(*, kind: str = "sila", pool: str = POOL, tick_seconds: int = 60) -> list[str]:
    """Create or update the work pool and one deployment a flow, ``name/name``. Gives their names."""
    async with get_client() as client:
        with contextlib.suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type=kind))
        for flow in FLOWS:
            await create(client, flow, pool, tick_seconds)
    return [flow.name for flow in FLOWS]


async def create(client: Any, flow: Any, pool: str, tick_seconds: int) -> None:
    """One deployment; the tick and the nightly check have a schedule."""
    when: dict[str, IntervalSchedule | CronSchedule] = {
        "tick": IntervalSchedule(interval=timedelta(seconds=tick_seconds)),
        "nightly": CronSchedule(cron=NIGHT, timezone=AT_HOME),
    }
    schedules = [DeploymentScheduleCreate(schedule=when[flow.name], active=True)] if flow.name in when else []
    await client.create_deployment(
        flow_id=await client.create_flow(flow),
        name=flow.name,
        entrypoint=f"{MODULE}:{flow.name.replace('-', '_')}",
        work_pool_name=pool,
        schedules=schedules,
        path=None,
        enforce_parameter_schema=False,
        tags=["sila"],
    )
