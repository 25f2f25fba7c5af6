"""What programs read most beside a status, lists and time lines: who asks and the answer over one connection."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.access import Allowed
from api.deps import STAFF_ROLES, HouseDep, Key, known_by, must_be
from api.views import htcds, listed, told
from models.access import Act
from models.queries import cases
from models.queries.access import must_ref
from models.queries.listing import walks
from models.stage import Stage
from workflows.house import House

router = APIRouter(prefix="/api/cases", tags=["cases"])


@router.get("")
def list_cases(
    house: HouseDep,
    key: Key,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    is_open: bool | None = None,
    stage: Stage | None = None,
    waits_for: Annotated[str | None, Query(max_length=30)] = None,
) -> dict[str, Any]:
    """Cases by filters, a page at a time: give ``next`` back as ``after``."""
    now = house.clock.now()
    with house.database.looking() as session:
        who = must_be(known_by(session, key, now), *STAFF_ROLES)
    wanted = partial(
        cases.page, who=who, now=now, after=after, most=limit, is_open=is_open, stage=stage, waits_for=waits_for
    )
    rows = page_of(house, wanted, plan=walks(tuple(who.roles)))
    shown = [{**listed(row), "htcds": htcds(row, row.followed)} for row in rows]
    return {"cases": shown, "next": rows[-1].id if len(rows) == limit else None}


def page_of(house: House, wanted: Callable[[Connection], Sequence[Any]], *, plan: bool) -> Sequence[Any]:
    """A page of a list; planned anew each time, or by the plan that fits everybody."""
    if not plan:
        with suppress(SQLAlchemyError), house.database.glancing() as connection:
            return wanted(connection)
    with house.database.looking() as session:  # also where the connection has just been lost
        return wanted(session.connection())


@dataclass(frozen=True)
class History(Allowed):
    """The guard of a case that also reads what happened in it."""

    def __call__(  # type: ignore[override]
        self, ref: str, house: HouseDep, key: Key, after: Annotated[int, Query(ge=0, le=2**53)] = 0
    ) -> list[dict[str, Any]]:
        """Raises Problem, UnknownCase or Denied."""
        now = house.clock.now()
        with house.database.looking() as session:
            who = must_be(known_by(session, key, now), *STAFF_ROLES)
            must_ref(session, who, self.act, ref, now, self.field_class, self.field)
            return [told(event) for event in cases.timeline(session, ref, after)]


@router.get("/{ref}/timeline")
async def timeline(events: Annotated[list[dict[str, Any]], Depends(History(Act.SEE))]) -> dict[str, Any]:
    """Who did what and why, in order; give the last ``number`` back as ``after``."""
    return {"events": events}
