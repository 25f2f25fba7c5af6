"""Reading people for a letter: in memory, inside the transaction that marks the letter sent."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, select

from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.person import Contact, Person
from workflows.facts import Facts
from workflows.ledger import NotNow

T = TypeVar("T", bound=SQLModel)
BANDS = ((5, "0-4"), (12, "5-11"), (18, "12-17"), (30, "18-29"), (60, "30-59"), (200, "60+"))


def people_of(session: Session, case: Case) -> list[Person]:
    """Principal first."""
    rows = session.exec(select(Person).where(Person.case_id == case.id)).all()
    return sorted(rows, key=lambda person: (not person.principal, person.id))


def principal_of(session: Session, case: Case) -> Person:
    """The person whose case it is."""
    return people_of(session, case)[0]


def opened(session: Session, person: Person) -> dict[str, Any]:
    """The sealed fields of a person, in plain."""
    vault = vault_of(session)
    fields = ("given_names", "family_name", "native_name", "sex", "nationality")
    return {field: vault.open(person, field) for field in fields} | {"born_on": vault.open_date(person, "born_on")}


def age_band(born_on: date, on: date) -> str:
    """An age as a band that identifies nobody."""
    age = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return next(band for top, band in BANDS if age < top)


def contact_of(session: Session, case: Case, facts: Facts) -> Contact:
    """The channel that a message to the principal goes by now. Raises NotNow when none may be used (S19)."""
    channel = facts.intake.reach(facts.principal.id, facts.now, facts.rules.time("contact_confirmed"))
    if channel is None:
        raise NotNow("no channel is safe")
    return session.get_one(Contact, UUID(channel.id))


def subject_row(session: Session, kind: type[T], effect: Effect) -> T:
    """The row that an effect is about: the first part of its subject."""
    return session.get_one(kind, UUID(effect.subject.partition(".")[0]))
