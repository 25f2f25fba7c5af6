"""Alerts and complaints: what reaches staff beside the questions of a case, and that it was seen to."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.staff.risk_form import text
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.complaint import complaints_for
from models.event import append
from models.house_seal import opened
from models.queries.alerts import one_for
from models.stage import Role
from workflows.glass import ALERT, UNKNOWN
from workflows.house import House
from workflows.second_device import KIND as SECOND_DEVICE
from workflows.second_device import decide
from workflows.themselves import answer_complaint

router = APIRouter(include_in_schema=False)
LONGEST = 4000
SEEN_TO_ELSEWHERE = ("complaint", ALERT, UNKNOWN, SECOND_DEVICE)


@router.post("/alerts/{alert}/done")
def done(alert: UUID, visitor: PostingStaff, house: HouseDep) -> Response:
    """Somebody has seen to it. A complaint is seen to by its answer, an emergency access by its review."""
    with house.database.unit_of_work() as session:
        row = one_for(session, visitor.staff, alert)
        if row is None:
            raise Problem(404, "unknown_page", "There is no page here.")
        if row.kind not in SEEN_TO_ELSEWHERE:
            row.done_at = house.clock.now()
            if row.case_ref:
                append(session, row.case_ref, "alert.done", visitor.staff.handle, row.done_at, alert=row.kind)
    return RedirectResponse("/", 303)


@router.post("/alerts/{alert}/device")
def device(alert: UUID, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """Whether a partner's second device is its own: it goes on, or is shut out at once (T7)."""
    with house.database.reading() as session:
        row = one_for(session, visitor.staff, alert)
    said = text(form, "device")
    if row is None or row.kind != SECOND_DEVICE or said not in ("theirs", "strange"):
        raise Problem(404, "unknown_page", "There is no page here.")
    decide(house, row, said == "theirs", visitor.staff, request.app.state.wall())
    return RedirectResponse("/", 303)


@router.get("/complaints")
def complaints(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """What people complain of or ask about their data; nobody sees what is about their own work."""
    return shown(request, visitor, house)


def shown(request: Request, visitor: Visitor, house: House, status: int = 200) -> HTMLResponse:
    """The page, also when an answer is empty. Raises Problem for everybody but supervisors."""
    if not visitor.staff.has(Role.SUPERVISOR):
        raise Problem(403, "role", "Your role may not use this door.")
    with house.database.reading() as session:
        rows = [(row, opened(session, row, "text")) for row in complaints_for(session, visitor.staff.handle)]
    return page(request, "staff/complaints.html", visitor, status, rows=rows, longest=LONGEST)


@router.post("/complaints/{complaint}")
def answer(complaint: UUID, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> Response:
    """The answer, which the person finds in their window."""
    said = text(form, "answer")
    if not said or len(said) > LONGEST:
        return shown(request, visitor, house, 422)
    answer_complaint(house, complaint, said, visitor.staff)
    return RedirectResponse("/complaints", 303)
