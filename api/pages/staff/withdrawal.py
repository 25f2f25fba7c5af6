"""Withdrawing, from anywhere on a case: one page that asks once, needs no reason, and says what happens then."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.staff.case import WITHDRAWERS, asked, opened
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.access import Act
from models.queries.access import Denied
from workflows import commands

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)


def allowed(visitor: Visitor) -> None:
    """Raises Denied for a role that does not record it."""
    if not visitor.staff.has(*WITHDRAWERS):
        raise Denied


@router.get("/withdraw")
def ask(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The question, once."""
    allowed(visitor)
    with house.database.reading() as session:
        found = opened(session, visitor, ref, house.clock.now(), Act.WITHDRAW)
    return page(request, "staff/withdraw.html", visitor, case=found.case)


@router.post("/withdraw")
def withdraw(ref: str, visitor: PostingStaff, house: HouseDep, nudger: NudgerDep) -> Response:
    """The person withdraws: accepted at once, whatever else is down. A second click finds it done."""
    allowed(visitor)
    with house.database.reading() as session:
        opened(session, visitor, ref, house.clock.now(), Act.WITHDRAW)
    nudger.push(commands.withdraw(house, ref, visitor.staff))
    return RedirectResponse(f"/cases/{ref}/withdrawn", 303)


@router.get("/withdrawn")
def withdrawn(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """What was opened for the person, and what is taken back outside."""
    allowed(visitor)
    with house.database.reading() as session:
        found = opened(session, visitor, ref, house.clock.now(), Act.WITHDRAW)
        questions = asked(session, found.case)
    return page(request, "staff/withdrawn.html", visitor, case=found.case, asked=questions)
