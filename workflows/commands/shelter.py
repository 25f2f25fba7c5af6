"""Opens shelter units, and is the only way to an address: the reading is written down before it is shown."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from models.access import Act, Field, may
from models.case import Case
from models.event import append
from models.queries.access import relations_of
from models.queries.shelter import units_of
from models.shelter import ShelterAddress, ShelterBed, ShelterUnit, Stay, StayEnd
from models.staff import Staff
from models.stage import Role
from workflows.class_three import note_class3
from workflows.commands.change import NotAllowed, Wrong
from workflows.house import House


def open_unit(
    session: Session, code: str, partner: str, address: str, beds: Mapping[str, int], by: str, now: datetime
) -> None:
    """A new unit with its beds, by kind. The address goes into its vault row and nowhere else. Raises Wrong."""
    if session.get(ShelterUnit, code):
        raise Wrong("unit_known", f"There is a unit {code} already: choose another code.")
    session.add(ShelterUnit(code=code, partner=partner))
    session.flush()
    row = ShelterAddress(unit_code=code)
    session.info["vault"].seal(row, address=address)
    session.add(row)
    for kind, count in beds.items():
        session.add_all(
            ShelterBed(unit_code=code, kind=kind, label=f"{kind}-{number}") for number in range(1, count + 1)
        )
    append(session, chain_of(code), "shelter.opened", by, now, partner=partner, beds=dict(beds))


def read_address(house: House, who: Staff, code: str, ref: str) -> str:
    """Where a unit is, for somebody who brings or visits the person of a case who stays there.

    The event of the reading is committed first: an address that is known without a trace was never read here.
    Raises NotAllowed, also for a unit that does not exist.
    """
    with house.database.unit_of_work() as session:
        session.exec(select(ShelterUnit).where(ShelterUnit.code == code).with_for_update()).first()
        case, now = session.exec(select(Case).where(Case.ref == ref).with_for_update()).first(), house.clock.now()
        if not may_read(session, who, code, case, now):
            raise NotAllowed(
                "address", "Only who runs this unit, or looks after somebody who stays there, may read it."
            )
        append(session, chain_of(code), "shelter.address_read", who.handle, now, case=ref)
        if case is not None:
            ties = relations_of(session, who, case, now)
            note_class3(session, who, case, ties, ["shelter_addresses.address"], now, about=Field.LOCATION)
    with house.database.reading() as session:
        row = session.exec(select(ShelterAddress).where(ShelterAddress.unit_code == code)).one()
        return str(session.info["vault"].open(row, "address"))


def may_read(session: Session, who: Staff, code: str, case: Case | None, now: datetime) -> bool:
    """The unit's own partner; or who may read where the person of a case is, about somebody who stays there."""
    own = {unit.code for unit in units_of(session, who) if unit.partner == who.partner}
    if who.has(Role.SHELTER_PARTNER) and code in own:
        return True
    if case is None or not may(who, Act.SEE, relations_of(session, who, case, now), 3, Field.LOCATION):
        return False
    ended = select(StayEnd.id).where(StayEnd.stay_id == Stay.id)
    inside = select(Stay.id).where(Stay.case_id == case.id, Stay.unit_code == code, ~ended.exists())
    return session.exec(inside).first() is not None


def chain_of(code: str) -> str:
    """The chain of a unit's events."""
    return f"U:{code}"
