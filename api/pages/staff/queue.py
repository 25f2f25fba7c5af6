"""Queues: what is asked of a role, the most urgent first; each line leads to its form."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.places import CASE_STAFF
from api.pages.visitor import StaffVisitor, Visitor
from models.queries.queues import PAGE, After, queue
from models.stage import Role

router = APIRouter(prefix="/queues", include_in_schema=False)
Which = Literal["all", "mine", "free"]
# A second person decides on what another one did: these say exactly what is decided on.
SECOND = frozenset({
    "risk_approval", "price_approval", "closure_review", "claw_back_decision", "duplicate_merge", "payee_review",
    "vital_interest_review", "removal_review", "permit_review",
})  # fmt: skip


def roles_of(visitor: Visitor) -> list[Role]:
    """The queues that somebody has."""
    return [role for role in CASE_STAFF if visitor.staff.has(role)]


@router.get("")
def first(visitor: StaffVisitor) -> Response:
    """To the queue of their own role."""
    mine = roles_of(visitor)
    if not mine:
        raise Problem(403, "role", "Your role may not use this door.")
    return RedirectResponse(f"/queues/{mine[0].value}", 303)


@router.get("/{role}")
def one(
    role: str,
    request: Request,
    visitor: StaffVisitor,
    house: HouseDep,
    which: Which = "all",
    until: datetime | None = None,
    last: Annotated[UUID | None, Query()] = None,
) -> HTMLResponse:
    """A page of one role's queue."""
    asked = next((known for known in roles_of(visitor) if known.value == role), None)
    if asked is None:
        raise Problem(403, "role", "Your role may not use this door.")
    after = After(until, last) if until and until.tzinfo and last else None
    with house.database.reading() as session:
        rows = queue(
            session, visitor.staff, asked, house.clock.now(), mine=which == "mine", free=which == "free", after=after
        )
    return page(
        request, "staff/queue.html", visitor, role=asked, roles=roles_of(visitor), rows=rows, which=which,
        second=SECOND, more=len(rows) == PAGE,
    )  # fmt: skip
