"""The risk assessment on pages: the matrix is filled in, and a second person decides on exactly what they read."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.proof import StepUp
from api.pages.staff.case import broken_until
from api.pages.staff.place import word_of_place
from api.pages.staff.risk_form import Matrix, matrix_of, text, tried
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.access import Act, Field
from models.case import Case
from models.queries.access import must, relations_of
from models.queries.cases import by_ref
from workflows import commands
from workflows.commands.record import asked_now
from workflows.commands.risk_assessment import READERS, read_assessment
from workflows.house import House
from workflows.inputs.risk_assessment import ApprovalIn
from workflows.lease import UnknownCase
from workflows.records import FACTS

router = APIRouter(prefix="/cases/{ref}/risk", include_in_schema=False)


def of_case(session: Session, ref: str, visitor: Visitor, house: House, act: Act) -> Case:
    """The case, for somebody who may read what endangers the person. Raises UnknownCase or Denied."""
    case = by_ref(session, ref)
    must(session, visitor.staff, act, case, house.clock.now(), 3, Field.TRAFFICKING)
    if case is None:
        raise UnknownCase(ref)
    return case


@router.get("")
def read(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The newest assessment, and what is asked about it. The reading is written down before it is shown (S12)."""
    return shown(ref, request, visitor, house)


def shown(
    ref: str, request: Request, visitor: Visitor, house: House, status: int = 200, trouble: str = ""
) -> HTMLResponse:
    """The page, also after a refusal."""
    with house.database.reading() as session:
        now, case = house.clock.now(), of_case(session, ref, visitor, house, Act.SEE)
        until = broken_until(session, visitor, ref, relations_of(session, visitor.staff, case, now), now)
        asked = {one.question for one in asked_now(session, case, now) if visitor.staff.has(one.role)}
        heard = word_of_place(session, case, visitor.language)
    try:
        said: dict[str, Any] | None = read_assessment(house, ref, visitor.staff)
    except commands.Refused:
        said = None
    return page(
        request, "staff/risk.html", visitor, status, case=case, matrix=matrix_of(case), said=said, asked=asked,
        trouble=trouble, glass_until=until, may_assess=visitor.staff.has(*FACTS["risk_assessment"].roles),
        may_read=visitor.staff.has(*READERS), **heard,
    )  # fmt: skip


@router.get("/new")
def blank(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The empty matrix."""
    with house.database.reading() as session:
        case = of_case(session, ref, visitor, house, Act.RECORD)
    return form_page(request, visitor, house, case, matrix_of(case))


def form_page(
    request: Request, visitor: Visitor, house: House, case: Case, matrix: Matrix, status: int = 200, **more: Any
) -> HTMLResponse:
    """The matrix as it was typed, with what is the matter."""
    with house.database.reading() as session:
        more |= word_of_place(session, case, visitor.language)
    values = {"typed": {}, "troubles": {}, "refused": "", **more}
    return page(request, "staff/risk_form.html", visitor, status, case=case, matrix=matrix, **values)


@router.post("/new")
def record(
    ref: str, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep, nudger: NudgerDep
) -> Response:
    """Record an assessment; what cannot be right comes back as it was typed."""
    with house.database.reading() as session:
        case = of_case(session, ref, visitor, house, Act.RECORD)
    matrix = matrix_of(case)
    said, typed = tried(matrix, form), {name: form.getlist(name) for name in form}
    if said.said is None:
        return form_page(request, visitor, house, case, matrix, 422, typed=typed, troubles=said.troubles)
    try:
        nudger.push(commands.record(house, ref, FACTS["risk_assessment"], said.said, visitor.staff))
    except commands.Refused as refused:
        return form_page(request, visitor, house, case, matrix, refused.status, typed=typed, refused=refused.code)
    return RedirectResponse(f"/cases/{ref}", 303)


@router.post("/decision")
def decide(ref: str, request: Request, visitor: StepUp, form: Posted, house: HouseDep, nudger: NudgerDep) -> Response:
    """The second person's word on what they were shown: its hash travels with the form."""
    with house.database.reading() as session:
        of_case(session, ref, visitor, house, Act.APPROVE)
    answer, seen = text(form, "approved"), text(form, "lower_seen") == "yes"
    if answer not in ("yes", "no"):
        return shown(ref, request, visitor, house, 422, "no_answer")
    try:
        said = ApprovalIn(
            assessment=UUID(text(form, "assessment") or ""), sha256=text(form, "sha256") or "",
            approved=answer == "yes", lower_seen=seen,
        )  # fmt: skip
        nudger.push(commands.record(house, ref, FACTS["risk_approval"], said, visitor.staff))
    except ValueError:
        return shown(ref, request, visitor, house, 422, "other_content")
    except commands.Refused as refused:
        return shown(ref, request, visitor, house, refused.status, refused.code)
    return RedirectResponse(f"/cases/{ref}", 303)
