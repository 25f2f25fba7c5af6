"""Deadlines of all cases for operations: who must act until when, what was missed, what will break."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.deps import HouseDep, SignedIn, require
from api.predicted import predicted
from models.deadline import held_by
from models.queries import deadlines as queries
from models.queries.access import visible_to
from models.stage import Role
from workflows.nightly import page_of

READERS = (Role.OPERATIONS, Role.SUPERVISOR, Role.MONITORING)
router = APIRouter(prefix="/api/deadlines", tags=["deadlines"], dependencies=[Depends(require(*READERS))])
Limit = Annotated[int, Query(ge=1, le=200)]


def deadline_view(row: Any) -> dict[str, Any]:
    """One deadline: its owner had it first, its holder has it now."""
    return {
        "id": row.id, "case": row.ref, "stage": row.stage, "sort": row.sort, "kind": row.kind, "subject": row.subject,
        "owner": row.owner, "holder": held_by(row.owner, row.escalations), "since": row.since, "until": row.until,
        "then": row.then, "remind_at": row.remind_at, "reminded_at": row.reminded_at, "missed_at": row.overdue_at,
        "paused_at": row.paused_at, "escalations": row.escalations,
    }  # fmt: skip


@router.get("")
def list_deadlines(
    house: HouseDep,
    who: SignedIn,
    owner: Annotated[str | None, Query(max_length=40)] = None,
    missed: bool = False,
    after: UUID | None = None,
    limit: Limit = 100,
) -> dict[str, Any]:
    """What runs now, a page at a time: give ``next`` back as ``after``. And how many each owner has missed."""
    with house.database.looking() as session:
        rows = queries.listed(session, who, house.clock.now(), owner=owner, missed=missed, after=after, most=limit)
        totals = queries.missed_by_owner(session)
    return {
        "deadlines": [deadline_view(row) for row in rows],
        "missed_by_owner": {name: {"all": all_, "open": open_} for name, (all_, open_) in totals.items()},
        "next": rows[-1].id if len(rows) == limit else None,
    }


@router.get("/predicted")
def list_predicted(
    house: HouseDep,
    who: SignedIn,
    language: Literal["en", "tr"] = "en",
    after: UUID | None = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Limits that will break if nobody acts, of a page of open cases: give ``next`` back as ``after``."""
    with house.database.reading() as session:
        page = page_of(session, after, limit, visible_to(who, house.clock.now()))
    rows = predicted(house, [ref for _, ref in page], language)
    return {"predicted": rows, "next": page[-1][0] if len(page) == limit else None}
