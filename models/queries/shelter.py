"""Reads of shelters: whose stays somebody may see, which beds are free, and what stands on a stay's sheet."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from models.case import Case
from models.shelter import ShelterBed, ShelterDecision, ShelterField, ShelterUnit, Stay, StayEnd, UnmetNeed
from models.staff import Staff
from models.stage import Role

SEES_ALL = (Role.COUNSELLOR, Role.PROTECTION_OFFICER, Role.SUPERVISOR)


def units_of(session: Session, who: Staff) -> list[ShelterUnit]:
    """The units that somebody may see: an implementing partner its own, our case staff all, anybody else none."""
    query = select(ShelterUnit).order_by(col(ShelterUnit.code))
    if who.has(*SEES_ALL):
        return list(session.exec(query).all())
    if who.has(Role.SHELTER_PARTNER) and who.partner:
        return list(session.exec(query.where(ShelterUnit.partner == who.partner)).all())
    return []


def clients_of(session: Session, who: Staff) -> Sequence[tuple[Stay, str]]:
    """Who stays in the units that somebody may see, with the case's reference. Nobody gets at stays another way."""
    codes = [unit.code for unit in units_of(session, who)]
    living = col(Stay.id).not_in(select(StayEnd.stay_id))
    query = select(Stay, Case.ref).join(Case, col(Case.id) == Stay.case_id)
    return session.exec(query.where(col(Stay.unit_code).in_(codes), living).order_by(col(Stay.admitted_at))).all()


def is_house_only(who: Staff) -> bool:
    """Somebody of an implementing partner, who holds no other role."""
    return set(who.roles) == {Role.SHELTER_PARTNER.value}


def free_beds(session: Session, who: Staff) -> dict[tuple[str, str], int]:
    """How many beds are free in each unit that somebody may see, by kind."""
    codes = [unit.code for unit in units_of(session, who) if unit.open]
    query = select(ShelterBed.unit_code, ShelterBed.kind).where(
        col(ShelterBed.unit_code).in_(codes), ShelterBed.in_use, col(ShelterBed.occupied_by).is_(None)
    )
    return dict(Counter(session.exec(query).all()))


def shortfall(session: Session) -> dict[tuple[str, str], int]:
    """How often each need went unmet, by reason: numbers only."""
    query = select(UnmetNeed.need, UnmetNeed.reason, func.count()).group_by(UnmetNeed.need, UnmetNeed.reason)
    return {(need, reason): count for need, reason, count in session.exec(query).all()}


def standing_word(session: Session, stay_id: UUID, field: str, *, newest: bool) -> ShelterField | None:
    """The word that stands on a field of a stay's sheet: each in its turn, a contested one only when decided for.

    ``newest``: of fields where the later writing simply stands, whenever it arrives.
    """
    query = select(ShelterField).where(ShelterField.stay_id == stay_id, ShelterField.field == field)
    words = {word.id: word for word in session.exec(query).all()}
    decided = session.exec(select(ShelterDecision).where(col(ShelterDecision.contested_id).in_(words))).all()
    turns: list[ShelterField | ShelterDecision] = [*words.values(), *decided]
    stands: ShelterField | None = None
    for turn in sorted(turns, key=lambda one: (one.at, one.id)):
        if isinstance(turn, ShelterDecision):
            stands = words[turn.contested_id] if turn.stands == turn.contested_id else stands
        elif turn.contests is None and not (newest and stands and turn.written_at < stands.written_at):
            stands = turn
    return stands
