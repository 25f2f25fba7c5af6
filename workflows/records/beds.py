"""Finds a bed that suits somebody and takes it, so that two who want the last one cannot both have it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlmodel import col, select, update

from models.person import Person
from models.queries.shelter import is_house_only
from models.shelter import ShelterBed, ShelterUnit
from workflows.commands import NotAllowed, Recording, Wrong
from workflows.facts import Traveller
from workflows.gather import gather
from workflows.pathways.tables.shelter import BedKind


def is_own_only(r: Recording) -> bool:
    """An implementing partner deals with its own houses; the staff of the house with all."""
    return r.who is not None and is_house_only(r.who)


def own(r: Recording, unit_code: str) -> ShelterUnit:
    """A unit that this person may deal with. Raises Wrong, NotAllowed."""
    unit = r.session.get(ShelterUnit, unit_code)
    if unit is None:
        raise Wrong("unknown_unit", "unit: there is no such shelter unit; use the code from the list.", "unit")
    if is_own_only(r) and (r.who is None or unit.partner != r.who.partner):
        raise NotAllowed("not_yours", "This shelter unit is run by another partner.")
    return unit


def take_bed(r: Recording, who: Person, unit: str | None, stay: UUID) -> ShelterBed | None:
    """The first free bed that suits, now this stay's; None when there is none. One conditional write each."""
    for bed in free_beds(r, who, unit):
        taking = (
            update(ShelterBed)
            .where(col(ShelterBed.id) == bed.id, col(ShelterBed.occupied_by).is_(None))
            .values(occupied_by=stay)
        )
        if r.session.connection().execute(taking).rowcount == 1:
            return bed
    return None


def free_beds(r: Recording, who: Person, unit: str | None) -> Iterator[ShelterBed]:
    """Beds that look free and suit, the most particular kind first, in an order that is the same for everybody."""
    kinds = list(suitable(r, who))
    query = select(ShelterBed).join(ShelterUnit, col(ShelterUnit.code) == ShelterBed.unit_code)
    query = query.where(
        ShelterUnit.open, ShelterBed.in_use, col(ShelterBed.occupied_by).is_(None), col(ShelterBed.kind).in_(kinds)
    )
    query = query.where(ShelterUnit.code == unit) if unit else query
    if is_own_only(r):
        query = query.where(ShelterUnit.partner == (r.who.partner if r.who else None))
    found = r.session.exec(query.order_by(col(ShelterBed.unit_code), col(ShelterBed.label))).all()
    yield from sorted(found, key=lambda bed: kinds.index(bed.kind))


def suitable(r: Recording, who: Person) -> Iterator[str]:
    """The kinds of beds that suit somebody, in the order of the table; disputed age counts as the decision says."""
    facts, sex = gather(r.session, r.case, r.now), r.session.info["vault"].open(who, "sex")
    person = next(one for one in facts.people if one.id == str(who.id))
    for kind in facts.rules.rows(BedKind):
        if suits(kind, person, sex, r.now.date()):
            yield kind.code


def suits(kind: BedKind, person: Traveller, sex: str, today: date) -> bool:
    """By sex and age; young children stay with their parent."""
    if not person.is_child(today):
        return kind.adults and sex in kind.sexes
    with_parent = not person.principal and person.is_under(kind.children_with_parent_under, today)
    return with_parent or (kind.children and sex in kind.sexes)
