"""What a door asks of the policy before it does anything: each route says its act, and its field class."""

from dataclasses import dataclass
from uuid import UUID

from api.deps import HouseDep, SignedIn
from api.errors import Problem
from models.access import Act, Field, may
from models.queries.access import must_ref
from models.staff import Staff
from workflows.house import House


@dataclass(frozen=True)
class Allowed:
    """A route's guard about the case that its path names.

    A case that somebody may not even know of is answered as one that does not exist (T14); what they may know of and
    may not do, with 403.
    """

    act: Act
    field_class: int = 1
    field: Field | None = None

    def __call__(self, ref: str, house: HouseDep, who: SignedIn) -> None:
        """Raises UnknownCase or Denied."""
        allow(house, who, self.act, ref, self.field_class, self.field)


@dataclass(frozen=True)
class Holds:
    """A route's guard where no case is named: what somebody's roles alone let them do."""

    act: Act

    def __call__(self, who: SignedIn) -> Staff:
        """Raises Problem."""
        if not may(who, self.act):
            raise Problem(403, "role", "Your role may not use this door.")
        return who


def allow(house: House, who: Staff, act: Act, ref: str, field_class: int = 1, field: Field | None = None) -> UUID:
    """Let somebody do this to a case, and give its id. Raises UnknownCase or Denied."""
    with house.database.reading() as session:
        return must_ref(session, who, act, ref, house.clock.now(), field_class, field).id
