"""The status of a case: who asks, whether they may, and the answer, over one connection and in one thread."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials

from api.access import Allowed
from api.deps import STAFF_ROLES, HouseDep, bearer, known_by, must_be
from api.status import read
from models.access import Act
from models.queries import status as records
from models.queries.access import must_case
from workflows.lease import UnknownCase

router = APIRouter(prefix="/api/cases", tags=["cases"])
Language = Literal["en", "tr"]
Key = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


@dataclass(frozen=True)
class Telling(Allowed):
    """The guard of a case that also reads what it lets somebody see."""

    def __call__(self, ref: str, house: HouseDep, key: Key, language: Language = "en") -> dict[str, Any]:  # type: ignore[override]
        """Raises Problem, UnknownCase or Denied."""
        now = house.clock.now()
        with house.database.looking() as session:
            who, found = must_be(known_by(session, key, now), *STAFF_ROLES), records.seen(session, ref)
            must_case(session, who, self.act, found and found.case, now, self.field_class, self.field)
            if found is None:
                raise UnknownCase(ref)
            return read(session, found, now, language)


@router.get("/{ref}")
async def status(told: Annotated[dict[str, Any], Depends(Telling(Act.SEE))]) -> dict[str, Any]:
    """Where every stage stands: what it waits for, on whom, since when, until when, and what happens then."""
    return told
