"""The hidden link between two cases: opened for a protection officer alone, and written down before it is shown."""

from typing import Any

from sqlmodel import select

from models.access import Act, Field
from models.database import vault_of
from models.family import Separation
from models.queries.access import must
from models.staff import Staff
from models.stage import Role
from workflows.class_three import note_class3
from workflows.commands import NotAllowed
from workflows.house import House
from workflows.lease import lock

SHOWN = ("other", "reason", "perpetrator_here")


def separations_of(house: House, ref: str, who: Staff) -> list[dict[str, Any]]:
    """What is sealed about who must never meet. Raises NotAllowed, UnknownCase or Denied."""
    if not who.has(Role.PROTECTION_OFFICER):
        raise NotAllowed("role", "Only a protection officer may see who is kept apart.")
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        now = house.clock.now()
        ties = must(session, who, Act.SEE, case, now, 3, Field.NARRATIVE)
        note_class3(session, who, case, ties, [f"separations.{name}" for name in SHOWN], now, about=Field.NARRATIVE)
        rows = session.exec(select(Separation).where(Separation.case_id == case.id)).all()
        vault = vault_of(session)
        return [{name: vault.open(row, name) for name in SHOWN} for row in rows]
