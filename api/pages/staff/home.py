"""The first page: what needs action."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.places import CASE_STAFF
from api.pages.staff.rows import lines
from api.pages.visitor import StaffVisitor
from models.queries import caseload
from models.queries.caseload import Filters
from models.stage import Role

router = APIRouter(include_in_schema=False)
# Who has no cases begins where their work is.
ELSEWHERE = {Role.OPERATIONS: "/operations", Role.ADMINISTRATOR: "/staff", Role.RECEIVING_PARTNER: "/inbox"}


@router.get("/")
def home(request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """What is asked, late, near and new in one's own cases, and for whom they wait."""
    elsewhere = next((path for role, path in ELSEWHERE.items() if visitor.staff.has(role)), None)
    if elsewhere and not visitor.staff.has(*CASE_STAFF, Role.SHELTER_PARTNER):
        return RedirectResponse(elsewhere, 303)
    return board(request, visitor, house)


def board(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The page itself."""
    who, now = visitor.staff, house.clock.now()
    with house.database.reading() as session:
        values = {
            "asked": caseload.asked(session, who, now), "counts": caseload.counts(session, who, now),
            "waits": caseload.waits(session, who, now),
            "unowned": caseload.unowned(session, who, now) if who.has(Role.SUPERVISOR) else 0,
            "newest": lines(session, who, caseload.page(session, who, now, Filters(), most=5)[:5], now),
        }  # fmt: skip
    return page(request, "staff/home.html", visitor, 200, None, **values)
