"""Recording a fact about a case: the list of what can be recorded, and a form for each kind."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.proof import must_have_proved_for
from api.pages.staff.desk import desk_of, fact_of, not_open, question_of, spoken_kinds, titles
from api.pages.staff.recording import done_before, lost, opened, posted
from api.pages.typed import sent
from api.pages.visitor import Posted, PostingStaff, StaffVisitor
from models.access import Act
from models.case import UnknownCase
from models.queries.access import must_ref
from models.queries.questions import open_in

router = APIRouter(include_in_schema=False)


@router.get("/cases/{ref}/record")
def kinds(request: Request, ref: str, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """Everything that somebody may record here, with what is asked of them first."""
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.RECORD, ref, house.clock.now())
        asked = [row for row in open_in(session, case.id) if visitor.staff.has(row.role)]
    return page(
        request, "staff/kinds.html", visitor, ref=ref, asked=asked, kinds=spoken_kinds(visitor), titles=titles(visitor)
    )


@router.get("/cases/{ref}/record/{kind}")
def form(request: Request, ref: str, kind: str, house: HouseDep, visitor: StaffVisitor) -> Response:
    """The form of one kind."""
    desk = desk_of(house, visitor, ref, fact_of(kind), f"/cases/{ref}/record/{kind}")
    return elsewhere(ref, kind) or opened(request, house, visitor, desk)


def elsewhere(ref: str, kind: str) -> Response | None:
    """The matrix has a page of its own, where every domain is seen beside the others."""
    return RedirectResponse(f"/cases/{ref}/risk/new", 303) if kind == "risk_assessment" else None


@router.post("/cases/{ref}/record/{kind}")
def record(
    request: Request, ref: str, kind: str, house: HouseDep, nudger: NudgerDep, visitor: PostingStaff, form: Posted
) -> Response:
    """What was typed in it."""
    what, fact = sent(form), fact_of(kind)
    if before := done_before(request, house, visitor, what, kind):
        return before
    must_have_proved_for(kind, request, visitor)
    return posted(
        request, house, nudger, visitor, desk_of(house, visitor, ref, fact, f"/cases/{ref}/record/{kind}"), what
    )


@router.get("/questions/{question_id}")
def question(request: Request, question_id: UUID, house: HouseDep, visitor: StaffVisitor) -> Response:
    """The form that answers a question."""
    row, ref, fact = question_of(house, question_id)
    if row.answered_at or row.voided_at:
        raise not_open()
    try:
        desk = desk_of(house, visitor, ref, fact, f"/questions/{question_id}", row.subject)
    except UnknownCase:
        raise not_open() from None
    return elsewhere(ref, fact.kind) or opened(request, house, visitor, desk)


@router.post("/questions/{question_id}")
def answer(
    request: Request, question_id: UUID, house: HouseDep, nudger: NudgerDep, visitor: PostingStaff, form: Posted
) -> Response:
    """The answer. Somebody else may have given theirs meanwhile: then what was typed is shown beside that."""
    what, (row, ref, fact) = sent(form), question_of(house, question_id)
    if before := done_before(request, house, visitor, what, fact.kind):
        return before
    must_have_proved_for(fact.kind, request, visitor)
    try:
        desk = desk_of(house, visitor, ref, fact, f"/questions/{question_id}", row.subject)
    except (UnknownCase, Problem):
        return lost(request, visitor, fact, what)
    return posted(request, house, nudger, visitor, desk, what)
