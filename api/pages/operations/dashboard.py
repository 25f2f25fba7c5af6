"""The dashboard of operations: what stands where, what is late, what is unclear, what will break, who is alive."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.operations.prefect import PrefectSilent, runs_of, ui, workers
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.access import Act
from models.glass import Alert
from models.pulse import Pulse
from models.queries import cases, deadlines, operations, partners
from models.queries.access import must_ref
from models.stage import Role
from workflows.commands import record
from workflows.house import House
from workflows.inputs.incident import CaseGoesOnIn
from workflows.records import FACTS
from workflows.standing import said_of

router = APIRouter(prefix="/operations", include_in_schema=False)
KINDS = ("Doing", "Waiting", "Asking", "Blocked", "Done", "NotNeeded")
# How long each may be silent before something is wrong: the tick comes every minute, the check every night.
SILENT = {"tick": timedelta(minutes=10), "nightly": timedelta(hours=26)}


def watcher(visitor: Visitor) -> None:
    """For operations alone: what is here names every case (by its reference). Raises Problem for everybody else."""
    if not visitor.staff.has(Role.OPERATIONS):
        raise Problem(403, "role", "Your role may not use this door.")


@router.get("")
def dashboard(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Everything on one page, each line with its way to the case."""
    watcher(visitor)
    return page(request, "operations/dashboard.html", visitor, **board(house), **engine(request))


def board(house: House) -> dict[str, Any]:
    """What our own records say."""
    now = house.clock.now()
    with house.database.reading() as session:
        return {
            "alerts": operations.alerts(session), "kinds": KINDS,
            "stages": operations.by_stage(session), "totals": operations.totals(session, now),
            "stopped": operations.stopped(session),
            "behind": operations.behind(session, now), "unknown": operations.unknown_effects(session),
            "letters": operations.dead_letters(session), "overdue": operations.overdue(session),
            "owners": deadlines.missed_by_owner(session), "partners": partners.reliability(session),
            "predicted": [(row, ref, said_of(row.why)) for row, ref in operations.predicted(session, now)],
            "pulses": alive(operations.pulses(session), now),
        }  # fmt: skip


def alive(pulses: Mapping[str, Pulse], now: datetime) -> list[dict[str, Any]]:
    """What runs by the clock: when it last did, and whether it is silent for too long."""
    return [
        {"name": name, "pulse": pulses.get(name), "silent": name not in pulses or now - pulses[name].at > longest}
        for name, longest in SILENT.items()
    ]


def engine(request: Request) -> dict[str, Any]:
    """What Prefect says; None where it does not answer."""
    settings = request.app.state.settings
    try:
        return {"workers": workers(settings), "prefect": ui(settings)}
    except PrefectSilent:
        return {"workers": None, "prefect": ui(settings)}


@router.post("/alerts/{alert_id}/done")
def done(alert_id: UUID, visitor: PostingStaff, house: HouseDep) -> Response:
    """Somebody has looked at an alert of operations."""
    watcher(visitor)
    with house.database.unit_of_work() as session:
        alert = session.get(Alert, alert_id)
        if alert is None or alert.role is not Role.OPERATIONS:
            raise Problem(404, "unknown_page", "There is no page here.")
        alert.done_at = alert.done_at or house.clock.now()
    return RedirectResponse("/operations", 303)


@router.post("/cases/{ref}/go-on")
def go_on(ref: str, visitor: PostingStaff, house: HouseDep, nudger: NudgerDep) -> Response:
    """A case that stopped because its pushes crashed is tried once more."""
    watcher(visitor)
    with house.database.reading() as session:
        must_ref(session, visitor.staff, Act.SEE, ref, house.clock.now())
    nudger.push(record(house, ref, FACTS["case_goes_on"], CaseGoesOnIn(cause="once_more"), visitor.staff))
    return RedirectResponse("/operations", 303)


@router.get("/cases/{ref}")
def one(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """One case by its reference: standings, effects and runs, and nobody's name."""
    watcher(visitor)
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.SEE, ref, house.clock.now())
        values: dict[str, Any] = {
            "case": case,
            "notes": noted(session, case.id),
            "called": partners.names(session),
            "effects": operations.effects_of(session, case.id),
        }
    try:
        runs = runs_of(request.app.state.settings, ref)
    except PrefectSilent:
        runs = None
    return page(request, "operations/case.html", visitor, runs=runs, **values)


def noted(session: Session, case_id: Any) -> list[tuple[Any, Any]]:
    """Where each stage stood when it was last looked at, with its reason."""
    return [(row, said_of(row.why)) for row in cases.notes(session, case_id).values()]
