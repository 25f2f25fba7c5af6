"""Messages as operations watch them: what waits, what failed, what nobody has read, and the fuse. No text of any."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.proof import must_have_proved_for
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from api.sensitive import FUSE_RELEASE
from models.queries import messages, operations
from models.queries.access import visible_to
from models.queries.partners import names
from models.stage import Role
from workflows.inbox import by_hand
from workflows.messages import fuse

router = APIRouter(prefix="/operations/messages", include_in_schema=False)
DAYS = timedelta(days=7)


def watcher(visitor: Visitor) -> None:
    """Raises Problem for everybody else."""
    if not visitor.staff.has(Role.OPERATIONS, Role.SUPERVISOR):
        raise Problem(403, "role", "Your role may not use this door.")


@router.get("")
def board(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Everything on one page; a supervisor, who holds the fuse, is shown the messages of their own cases."""
    watcher(visitor)
    now = house.clock.now()
    since, among = now - DAYS, visible_to(visitor.staff, now)
    with house.database.reading() as session:
        values: dict[str, Any] = {
            "fuse": messages.fuse(session), "counts": messages.counts(session, since),
            "in_vain": messages.in_vain(session, since, among=among), "waiting": messages.waiting(session, among=among),
            "unread": messages.unread_replies(session, among=among),
            "letters": operations.dead_letters(session), "called": names(session),
        }  # fmt: skip
    rights: dict[str, Any] = {
        "may_release": visitor.staff.has(Role.SUPERVISOR),
        "case_base": "/operations/cases" if visitor.staff.has(Role.OPERATIONS) else "/cases",
        "may_read": visitor.staff.has(*by_hand.MAY),
    }
    return page(request, "operations/messages.html", visitor, **values, **rights)


@router.post("/release")
def release(request: Request, visitor: PostingStaff, house: HouseDep) -> Response:
    """A supervisor lets held messages leave. Raises ProofNeeded, and NotAllowed for everybody else."""
    must_have_proved_for(FUSE_RELEASE, request, visitor)
    fuse.release(house, visitor.staff)
    return RedirectResponse("/operations/messages", 303)
