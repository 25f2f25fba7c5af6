"""The hidden link between two cases: opened for a protection officer alone, and written down before it is shown."""

from typing import Any

from sqlmodel import select

from models.database import vault_of
from models.event import append
from models.family import Separation
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed
from workflows.house import House
from workflows.lease import lock


def separations_of(house: House, ref: str, who: Staff) -> list[dict[str, Any]]:
    """What is sealed about who must never meet. Raises NotAllowed or UnknownCase."""
    if not who.has(Role.PROTECTION_OFFICER):
        raise NotAllowed("role", "Only a protection officer may see who is kept apart.")
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        append(session, ref, "separation.read", who.handle, house.clock.now())
        rows = session.exec(select(Separation).where(Separation.case_id == case.id)).all()
        vault = vault_of(session)
        return [{name: vault.open(row, name) for name in ("other", "reason", "perpetrator_here")} for row in rows]
