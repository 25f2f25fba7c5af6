"""Class 3 is shown to nobody before it is written down who reads it, and that is committed (S12, C5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from models.access import Act, Field, Tie, grants
from models.case import Case
from models.event import append
from models.glass import ClassThreeRead
from models.queries.access import must
from models.staff import Staff
from workflows.house import House
from workflows.lease import lock


class NotWritten(Exception):
    """The reading could not be written down, so there is nothing to read."""


def seen_class3(
    house: House, who: Staff, ref: str, fields: Sequence[str], about: Field | None = None, person: UUID | None = None
) -> None:
    """Write down that somebody reads these fields of class 3, and only then return: show them afterwards.

    ``fields`` are names as in the records (``risk_assessments.narrative``), never values; ``about`` is what they are
    about, and without it all of class 3 must be theirs to read. Raises UnknownCase, Denied, or NotWritten.
    """
    now = house.clock.now()
    try:
        with house.database.unit_of_work() as session:
            case = lock(session, ref)
            ties = must(session, who, Act.SEE, case, now, 3, about)
            note_class3(session, who, case, ties, fields, now, about=about, person=person)
    except SQLAlchemyError:
        raise NotWritten(ref) from None


def note_class3(
    session: Session, who: Staff, case: Case, ties: Iterable[Tie], fields: Sequence[str], now: datetime, *,
    act: Act = Act.SEE, about: Field | None = None, person: UUID | None = None,
) -> None:  # fmt: skip
    """The same in a transaction of the caller, who holds the case and shows nothing before it is committed.

    Raises NotWritten.
    """
    tie = by_which(who, act, ties, about)
    role, relation = (tie.role.value, tie.relation.value) if tie else (None, None)
    session.add(
        ClassThreeRead(
            at=now, by=who.handle, role=role, relation=relation, partner=who.partner, case_ref=case.ref,
            person_id=person, fields=sorted(fields),
        )
    )  # fmt: skip
    try:
        session.flush()
    except SQLAlchemyError:
        raise NotWritten from None  # the session is closed to us: the case can no longer be asked its reference
    append(session, case.ref, "class_three.read", who.handle, now, relation=relation, fields=sorted(fields))


def by_which(who: Staff, act: Act, ties: Iterable[Tie], about: Field | None) -> Tie | None:
    """The tie that lets them read it: the first in the order of the table, broken glass last."""
    known = frozenset(ties)
    for grant in grants(who, act, known):
        for relation in grant.relations:
            if Tie(grant.role, relation) in known and (about is None or about in grant.fields):
                return Tie(grant.role, relation)
    return None
