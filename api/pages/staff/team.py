"""Who works on a case: giving it to a colleague in a role, handing it on as its owner, letting it go."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.staff import case as cases
from api.pages.staff.risk_form import text
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.access import Act
from models.staff import Staff
from models.stage import Role
from workflows import commands
from workflows.commands.assignment import GIVEN, assign, release
from workflows.house import House

router = APIRouter(prefix="/cases/{ref}/team", include_in_schema=False)


def colleagues(session: Session) -> Sequence[Staff]:
    """Everybody of ours who may be given a case."""
    query = select(Staff).where(Staff.active, col(Staff.partner).is_(None)).order_by(col(Staff.handle))
    return [one for one in session.exec(query) if one.has(*GIVEN)]


@router.get("")
def team(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Who does what, and the form to change it."""
    return shown(ref, request, visitor, house)


def shown(
    ref: str, request: Request, visitor: Visitor, house: House, status: int = 200, trouble: str = ""
) -> HTMLResponse:
    """The page, also after a refusal."""
    with house.database.reading() as session:
        found = cases.opened(session, visitor, ref, house.clock.now(), Act.ASSIGN)
        values = {"team": cases.team(session, found.case), "colleagues": colleagues(session)}
    return page(
        request, "staff/team.html", visitor, status, None, case=found.case, given=GIVEN, trouble=trouble,
        doors=cases.doors(visitor, found), **values,
    )  # fmt: skip


@router.post("")
def give(
    ref: str, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep, nudger: NudgerDep
) -> Response:
    """Give the case to somebody in a role; as counsellor they answer for it from now on."""
    role = next((one for one in GIVEN if one.value == form.get("role")), None)
    if role is None:
        return shown(ref, request, visitor, house, 422, "no_role")
    try:
        nudger.push(assign(house, ref, role, text(form, "handle") or "", visitor.staff))
    except commands.Refused as refused:
        return shown(ref, request, visitor, house, refused.status, refused.code)
    return back(ref, visitor, role, text(form, "handle") or "")


@router.post("/release")
def let_go(
    ref: str, request: Request, visitor: PostingStaff, form: Posted, house: HouseDep, nudger: NudgerDep
) -> Response:
    """Somebody no longer works on it."""
    role = next((one for one in GIVEN if one.value == form.get("role")), Role.COUNSELLOR)
    try:
        nudger.push(release(house, ref, role, text(form, "handle") or "", visitor.staff))
    except commands.Refused as refused:
        return shown(ref, request, visitor, house, refused.status, refused.code)
    return RedirectResponse(f"/cases/{ref}/team", 303)


def back(ref: str, visitor: Visitor, role: Role, handle: str) -> Response:
    """To the case; to the list for somebody who has just given away what they could see it by."""
    is_gone = role is Role.COUNSELLOR and handle != visitor.staff.handle and not visitor.staff.has(Role.SUPERVISOR)
    return RedirectResponse("/cases" if is_gone else f"/cases/{ref}", 303)
