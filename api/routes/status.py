"""The status of a case: who asks, whether they may, and the answer, over one connection and in one thread."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from sqlalchemy.exc import SQLAlchemyError

from api.access import Allowed
from api.deps import STAFF_ROLES, HouseDep, Key, Shown, known_by, must_be
from api.status import noted, read, view
from models.access import Act
from models.queries import status as records
from models.queries.access import must_case
from models.queries.glance import glance
from models.queries.ties import Anybody
from models.staff import Staff, hashed
from workflows.house import House
from workflows.lease import UnknownCase

router = APIRouter(prefix="/api/cases", tags=["cases"])
Language = Literal["en", "tr"]
MOST_KNOWN = 10_000


@dataclass(frozen=True)
class Telling(Allowed):
    """The guard of a case that also reads what it lets somebody see."""

    known: dict[str, Anybody] = field(default_factory=dict, compare=False)  # whose a key was last time, by its hash

    def __call__(self, ref: str, house: HouseDep, key: Key, language: Language = "en") -> dict[str, Any]:  # type: ignore[override]
        """At a glance for somebody who was here before, else step by step. Raises Problem, UnknownCase or Denied."""
        return self.at_a_glance(ref, house, key, language) or self.step_by_step(ref, house, key, language)

    def at_a_glance(self, ref: str, house: House, key: Shown, language: Language) -> dict[str, Any] | None:
        """In one query; None where that is not enough: whoever looks step by step says why."""
        now, sha256 = house.clock.now(), hashed(key.credentials) if key else ""
        who, found = self.known.get(sha256), None
        if who is not None:
            with suppress(SQLAlchemyError), house.database.glancing() as connection:
                found = glance(connection, who, self.act, sha256, ref, now)
        stands = noted(*found, now) if found else None
        return view(found[0], stands, found[1], now, language) if found and stands else None

    def step_by_step(self, ref: str, house: House, key: Shown, language: Language) -> dict[str, Any]:
        """Who asks, whether they may, what there is. Raises Problem, UnknownCase or Denied."""
        now = house.clock.now()
        with house.database.looking() as session:
            who, found = must_be(known_by(session, key, now), *STAFF_ROLES), records.seen(session, ref)
            must_case(session, who, self.act, found and found.case, now, self.field_class, self.field)
            if found is None:
                raise UnknownCase(ref)
            self.remember(key, who)
            return read(session, found, now, language)

    def remember(self, key: Shown, who: Staff) -> None:
        """Whose key it is and what they are, to be looked at again each time."""
        if key and who.active:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[hashed(key.credentials)] = Anybody(tuple(who.roles), who.handle, who.partner)


@router.get("/{ref}")
async def status(told: Annotated[dict[str, Any], Depends(Telling(Act.SEE))]) -> dict[str, Any]:
    """Where every stage stands: what it waits for, on whom, since when, until when, and what happens then."""
    return told
