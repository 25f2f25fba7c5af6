"""The Prefect flows: thin shells around the loop. Only references enter Prefect, only codes leave (S13)."""

import os
from collections.abc import Callable
from functools import cache

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from models.stage import MAP, Stage
from workflows.advance import Push, advance, awaited, is_busy
from workflows.due import due_refs, reread
from workflows.house import House, open_house
from workflows.lease import NotOurs, UnknownCase, new_token
from workflows.standing import Blocked, Doing, NotNeeded, Standing, label


class Trouble(RuntimeError):
    """A run failed. It says where and of which kind, never what was in it."""


@cache
def house() -> House:
    """One house for a worker process."""
    return open_house()


def quietly(where: str, work: Callable[[], object]) -> object:
    """Run; whatever is raised becomes a code before Prefect can see its text."""
    try:
        return work()
    except (NotOurs, UnknownCase) as error:
        raise Trouble(f"{where}: {type(error).__name__}") from None
    except Exception as error:
        raise Trouble(f"{where}: {type(error).__name__}") from None


@task(name="act", task_run_name="{action}", cache_policy=NO_CACHE, persist_result=False)
def act(ref: str, stage: str, action: str, token: str, subject: str, generation: int) -> str:
    """One action of one case, through the ledger. Gives the state the effect ended in."""
    push = Push(house(), ref, token)

    def work() -> str:
        standing = push.stand(Stage(stage))
        if not isinstance(standing, Doing) or (standing.action, standing.subject) != (action, subject):
            return "no_longer_due"
        return push.perform(Stage(stage), standing)

    return str(quietly(action, work))


async def run_stage(stage: Stage, ref: str, token: str) -> State:
    """Carry one stage as far as it goes now."""
    push = Push(house(), ref, token)

    def do(of: Stage, doing: Doing) -> str:
        return act(ref, of.value, doing.action, token, doing.subject, doing.generation)

    quietly(stage.value, lambda: push.work(stage, do))
    standing = quietly(stage.value, lambda: push.stand(stage))
    return Completed(name=label(standing))  # type: ignore[arg-type]


def stage_flow(stage: Stage, name: str):  # type: ignore[no-untyped-def]
    """The flow of one stage, under the name of the map."""

    @flow(name=name, flow_run_name="{ref} " + name, persist_result=False, validate_parameters=False)
    async def run(ref: str, token: str | None = None) -> State:
        if token is not None:
            return await run_stage(stage, ref, token)
        standings = quietly(name, lambda: advance(house(), ref))
        return Completed(name="Already moving" if standings is None else label(standings[stage]))  # type: ignore[index]

    run.__doc__ = f"Push the stage {stage.value} of one case as far as it goes now."
    return run


risk_assessment = stage_flow(Stage.RISK_ASSESSMENT, "risk-assessment")
health_clearance = stage_flow(Stage.HEALTH, "health-clearance")
travel_documents = stage_flow(Stage.TRAVEL_DOCUMENTS, "travel-documents")
exit_clearance = stage_flow(Stage.EXIT_CLEARANCE, "exit-clearance")
flight_booking = stage_flow(Stage.FLIGHT_BOOKING, "flight-booking")
partner_handover = stage_flow(Stage.PARTNER_HANDOVER, "partner-handover")
departure = stage_flow(Stage.DEPARTURE, "departure")
reintegration = stage_flow(Stage.REINTEGRATION, "reintegration")
follow_up = stage_flow(Stage.FOLLOW_UP, "follow-up")

STAGE_FLOWS = {
    Stage.RISK_ASSESSMENT: risk_assessment,
    Stage.HEALTH: health_clearance,
    Stage.TRAVEL_DOCUMENTS: travel_documents,
    Stage.EXIT_CLEARANCE: exit_clearance,
    Stage.FLIGHT_BOOKING: flight_booking,
    Stage.PARTNER_HANDOVER: partner_handover,
    Stage.DEPARTURE: departure,
    Stage.REINTEGRATION: reintegration,
    Stage.FOLLOW_UP: follow_up,
}


@flow(name="return-case", flow_run_name="{ref}", persist_result=False, validate_parameters=False)
async def return_case(ref: str) -> State:
    """Push one case as far as it goes now; each stage that moved is a subflow of its own name."""
    token = new_token()
    push = Push(house(), ref, token)
    for _ in range(25):
        looked = quietly("return-case", lambda: push.look(keep=True))
        if looked is None:
            return Completed(name="Already moving")
        todo = worth_a_run(*looked)  # type: ignore[misc]
        for stage in todo:
            await carry(push, stage)
        if not todo:
            looked = quietly("return-case", push.look)
            if looked and not is_busy(looked[0]):  # type: ignore[index]
                return Completed(name=awaited(looked[0]))  # type: ignore[index]
    quietly("return-case", push.give_back)
    return Completed(name="Still moving")


def worth_a_run(standings: dict[Stage, Standing], moved: list[Stage]) -> list[Stage]:
    """Stages with something to do, and those whose new standing operations staff should see as a run."""
    seen = [stage for stage in moved if stage in STAGE_FLOWS and not isinstance(standings[stage], Blocked | NotNeeded)]
    return [stage for stage in MAP if stage in seen or isinstance(standings[stage], Doing)]


async def carry(push: Push, stage: Stage) -> None:
    """One stage, as a subflow where the map names one."""
    if stage in STAGE_FLOWS:
        await STAGE_FLOWS[stage](push.ref, push.token, return_state=True)
    else:
        quietly(stage.value, lambda: push.work(stage))


@task(name="case", task_run_name="{ref}", cache_policy=NO_CACHE, persist_result=False)
def push_case(ref: str) -> str:
    """One due case of a tick."""
    standings = quietly("tick", lambda: advance(house(), ref))
    return "Already moving" if standings is None else awaited(standings)  # type: ignore[arg-type]


@flow(name="tick", flow_run_name="tick", persist_result=False)
async def tick() -> State:
    """Every case whose time has come, in one run: a task a case. Running it twice is harmless."""
    quietly("tick", lambda: reread(house()))
    done = 0
    refs = quietly("tick", lambda: due_refs(house(), int(os.environ.get("SILA_TICK_BATCH", "200"))))
    for ref in refs:  # type: ignore[attr-defined]
        push_case(ref, return_state=True)
        done += 1
    return Completed(name=f"Pushed {done}" if done else "Nothing due")


FLOWS = (return_case, *STAGE_FLOWS.values(), tick)
