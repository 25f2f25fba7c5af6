"""A person gets a case of their own: they move with what is theirs, and nothing decided for the family goes along."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlmodel import col, select, update

from models.booking import Booking
from models.case import Case, OfPerson
from models.duplicate import DuplicateCandidate, MatchToken
from models.event import append
from models.handover import Handover
from models.person import Person
from workflows.commands import Recording, Refused, Wrong, end_consents, void_intents
from workflows.gather import gather

STAY = ("models.booking", "models.handover")  # made for the family: they are undone there, under their own keys


def split_off(r: Recording, principal: Person, others: list[Person]) -> Case:
    """A new case with these people; the family's journey begins anew, so that joint seats and offers are undone.

    Raises Refused after departure: whoever has travelled together is looked after as an incident.
    """
    if gather(r.session, r.case, r.now).departed:
        raise Refused("departed", "They have travelled together: raise a protection incident instead.")
    new = Case(
        pathway=r.case.pathway, pathway_version=r.case.pathway_version, country=r.case.country, area=r.case.area,
        partner=r.case.partner, opened_at=r.now, opened_by=r.by, journey=r.case.journey + 1, due_at=r.now,
    )  # fmt: skip
    r.session.add(new)
    r.session.flush()
    for person in (principal, *others):
        move(r, person, new)
    principal.principal, principal.relation, principal.guardian_id = True, None, None
    for person in others:
        person.guardian_id = principal.id if person.guardian_id else None
    begin_anew(r)
    append(r.session, new.ref, "case.opened", r.by, r.now, pathway=new.runs_on)
    append(r.session, r.case.ref, "family.moved_out", r.by, r.now, people=1 + len(others))
    return new


def begin_anew(r: Recording) -> None:
    """What was booked, offered and signed for all of them no longer holds for those who stay."""
    joint = (
        select(Booking.id).where(Booking.case_id == r.case.id, Booking.journey == r.case.journey),
        select(Handover.id).where(Handover.case_id == r.case.id, Handover.journey == r.case.journey),
    )
    if any(r.session.exec(query).first() for query in joint):
        end_consents(r.session, r.case, r.by, r.now)
        void_intents(r.session, r.case, r.now)
        r.case.journey += 1


def move(r: Recording, person: Person, new: Case) -> None:
    """The person and every row that is about them alone."""
    for kind in kinds():
        rows = r.session.exec(select(kind).where(kind.person_id == person.id, kind.case_id == r.case.id)).all()
        for row in rows:
            row.case_id = new.id
    found = update(DuplicateCandidate).where(col(DuplicateCandidate.other_person_id) == person.id)
    r.session.exec(found.values(other_case_id=new.id))
    person.case_id = new.id
    r.session.flush()


def kinds() -> Iterator[Any]:
    """Every table of rows about one person."""
    left: list[type[Any]] = [OfPerson]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if hasattr(kind, "__table__") and kind.__module__ not in STAY:
            yield kind
    yield MatchToken


def of_case(r: Recording, ids: list[UUID], field: str) -> list[Person]:
    """People of this case by id. Raises Wrong."""
    rows = [r.session.get(Person, one) for one in ids]
    people = [row for row in rows if row is not None and row.case_id == r.case.id]
    if len(people) != len(set(ids)):
        raise Wrong("unknown_person", f"{field}: not a person of this case; the status lists their ids.", field)
    return people
