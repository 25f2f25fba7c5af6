"""Withdrawing, from anywhere on a case: one page that asks once, needs no reason, and says what happens then.

Whoever records it need not work on the case (L4). Who may not read the case is shown its reference alone, as they
typed it, whether there is such a case or not (T14); only recording tells, and it is written down.
"""

from fastapi import APIRouter, Request
from sqlmodel import Session, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.staff.case import asked, opened
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.access import Act, may
from models.case import Case, UnknownCase
from models.event import Event
from models.queries.access import Denied
from workflows import commands
from workflows.house import House

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)


def allowed(visitor: Visitor) -> None:
    """Raises Denied for a role that does not record it."""
    if not may(visitor.staff, Act.WITHDRAW):
        raise Denied


def is_theirs(house: House, visitor: Visitor, ref: str) -> bool:
    """Whether they may read this case."""
    with house.database.reading() as session:
        try:
            opened(session, visitor, ref, house.clock.now())
        except (UnknownCase, Denied):
            return False
    return True


@router.get("/withdraw")
def ask(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The question, once."""
    allowed(visitor)
    return page(request, "staff/withdraw.html", visitor, ref=ref, theirs=is_theirs(house, visitor, ref))


@router.post("/withdraw")
def withdraw(ref: str, request: Request, visitor: PostingStaff, house: HouseDep, nudger: NudgerDep) -> Response:
    """The person withdraws: accepted at once, whatever else is down. A second click finds it done.

    Raises UnknownCase: a reference that nobody has must be said, or a withdrawal would be lost by a slip of a finger.
    """
    allowed(visitor)
    nudger.push(commands.withdraw(house, ref, visitor.staff))
    if is_theirs(house, visitor, ref):
        return RedirectResponse(f"/cases/{ref}/withdrawn", 303)
    return page(request, "staff/withdrawn.html", visitor, ref=ref, theirs=False)


@router.get("/withdrawn")
def withdrawn(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """What was opened for the person, and what is taken back outside; for whoever may read the case."""
    with house.database.reading() as session:
        case = opened(session, visitor, ref, house.clock.now()).case
        undone, untold, questions = commands.is_undone(session, case), has_ended(session, case), asked(session, case)
    if not (undone or untold):
        return RedirectResponse(f"/cases/{ref}", 303)
    return page(request, "staff/withdrawn.html", visitor, ref=ref, theirs=True, undone=undone, asked=questions)


def has_ended(session: Session, case: Case) -> bool:
    """After departure nothing is undone, and no partner is told anything more."""
    ended = select(Event.number).where(Event.subject == case.ref, Event.kind == "sharing.ended")
    return session.exec(ended.limit(1)).first() is not None
