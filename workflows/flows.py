"""The Prefect flows: thin shells around the loop. Only references enter Prefect, only codes leave (S13)."""

import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from prefect import flow, tags, task
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import TagsContext
from prefect.states import Completed, Failed

from models.stage import Stage
from workflows import daily
from workflows import nightly as night
from workflows.advance import advance, awaited
from workflows.ahead import Ahead
from workflows.bulk import batches, push_some
from workflows.due import alive, due_refs, reread
from workflows.grain import FAILED, FEW, MOST_NAMED, Tally, failures
from workflows.head_start import WORK, begins, begun
from workflows.house import House, open_house
from workflows.standing import label
from workflows.tidying import tidy
from workflows.trouble import Trouble, quietly

T = TypeVar("T")
NOWHERE = Path(os.devnull)  # no result is ever stored (S13); naming a place saves asking the server for one


@cache
def house() -> House:
    """One house for a worker process."""
    return open_house()


@task(name="act", task_run_name="{action}", cache_policy=NO_CACHE, persist_result=False)
def act(action: str) -> str:
    """One action of one case, as it is done. Gives the state the effect ended in."""
    work = WORK.get()
    assert isinstance(work, Ahead)
    return work.result(action)


async def run_stage(work: Ahead) -> State:
    """One stage, as it is carried as far as it goes now."""
    with TagsContext(current_tags=set()):  # a tagged task would ask for its place under the limits of its tags
        for step in work.steps():
            act(step.action)
    return Completed(name=work.stands())


def stage_flow(stage: Stage, name: str):  # type: ignore[no-untyped-def]
    """The flow of one stage, under the name of the map."""

    @flow(
        name=name,
        flow_run_name="{ref} " + name,
        persist_result=False,
        result_storage=NOWHERE,
        validate_parameters=False,
    )
    async def run(ref: str) -> State:
        if isinstance(work := WORK.get(), Ahead):
            return await run_stage(work)
        standings = quietly(name, lambda: advance(house(), ref))
        return Completed(name="Already moving" if standings is None else label(standings[stage]))

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


@flow(
    name="return-case", flow_run_name="{ref}", persist_result=False, result_storage=NOWHERE, validate_parameters=False
)
@begins(lambda ref: Ahead(house, ref))
async def return_case(ref: str) -> State:
    """Push one case as far as it goes now; each stage that has something to do is a subflow of its own name."""
    work = WORK.get()  # begun when the run was claimed, or not yet
    return Completed(name=await (shown(work) if isinstance(work, Ahead) else pushed(ref)))


async def pushed(ref: str) -> str:
    """Push one case, and show it. Gives what is awaited. Raises Trouble."""
    with begun(return_case.fn, {"ref": ref}):
        work = WORK.get()
        assert isinstance(work, Ahead)
        return await shown(work)


async def shown(work: Ahead) -> str:
    """Follow a push to its end: each stage as a subflow, where the map names one."""
    for chapter in work.chapters():
        if chapter.stage in STAGE_FLOWS:
            run = STAGE_FLOWS[chapter.stage]
            with tags(f"case:{work.ref}", f"stage:{run.name}", f"pathway:{chapter.runs_on}"):
                await run(work.ref, return_state=True)
        else:
            work.stands()
    return work.awaits()


@task(name="case", task_run_name="{ref}", cache_policy=NO_CACHE, persist_result=False)
def push_case(ref: str) -> str:
    """One due case of a tick."""
    standings = quietly("tick", lambda: advance(house(), ref))
    return "Already moving" if standings is None else awaited(standings)


@task(name="cases", task_run_name="cases from {first}", cache_policy=NO_CACHE, persist_result=False)
def push_batch(first: str, refs: list[str]) -> dict[str, str]:
    """Many due cases together. Gives what each waits for; see ``Tally.add`` for the others."""
    pushed = quietly("tick", lambda: push_some(house(), refs))
    said = {ref: awaited(standings) for ref, standings in pushed.stand.items()}
    return {**said, **dict.fromkeys(pushed.busy, "Already moving"), **failures(pushed.failed)}


@flow(name="tick", flow_run_name="tick", persist_result=False, result_storage=NOWHERE)
async def tick() -> State:
    """Every case whose time has come, in one run: few with a subflow a stage, more with a task a case, many in

    batches with a task each and a table of what was done. Running it twice at a time is harmless.
    """
    quietly("tick", lambda: reread(house()))
    tally = Tally()
    while refs := quietly("tick", lambda: tally.left(due_refs(house(), house().world.settings.tick_batch))):
        await push_all(refs, tally)
        if tally.is_over():
            break
    quietly("tick", lambda: alive(house(), "tick", due=len(tally.said)))
    if tally.in_bulk:
        await acreate_table_artifact(tally.table(), "last-bulk-push", "What the last tick with many cases did.")
    failed = tally.failed()
    return Failed(name=tally.name(), message=" ".join(failed[:MOST_NAMED])) if failed else Completed(name=tally.name())


async def push_all(refs: list[str], tally: Tally) -> None:
    """One page of due cases, in the grain that their number asks for."""
    if len(refs) <= FEW:
        tally.add({ref: await in_peace(ref) for ref in refs})
    elif len(refs) < house().world.settings.bulk_from:
        tally.add({ref: calmly(partial(push_case, ref)) or FAILED for ref in refs})
    else:
        tally.in_bulk = True
        for some in batches(refs):
            tally.add(calmly(partial(push_batch, some[0], some)) or dict.fromkeys(some, FAILED))


def calmly(work: Callable[[], T]) -> T | None:
    """What a task gives; None when it failed, which its own run shows."""
    try:
        return work()
    except Trouble:
        return None


async def in_peace(ref: str) -> str:
    """Push one case; the trouble of one must not keep the others waiting."""
    try:
        return await pushed(ref)
    except Trouble:
        return FAILED


@task(name="page", task_run_name="page", cache_policy=NO_CACHE, persist_result=False)
def check_page(refs: list[str]) -> dict[str, int]:
    """One page of open cases."""
    return asdict(quietly("nightly", lambda: night.check_page(house(), refs)))


@flow(name="nightly", flow_run_name="nightly", persist_result=False, result_storage=NOWHERE)
async def nightly() -> State:
    """Every open case is decided anew, a task a page; its name says what was found."""
    found = night.Counts()
    quietly("nightly", lambda: night.sweep(house()))
    for refs in quietly("nightly", lambda: list(night.pages(house()))):
        found += night.Counts(**check_page(refs))
    quietly("nightly", lambda: tidy(house()))
    quietly("nightly", lambda: alive(house(), "nightly", **asdict(found)))
    await acreate_markdown_artifact(quietly("nightly", lambda: daily.report(house())), daily.KEY, daily.ABOUT)
    return Completed(name=f"Seen {found.seen}, changed {found.changed}, stranded {found.stranded}")


FLOWS = (return_case, *STAGE_FLOWS.values(), tick, nightly)
