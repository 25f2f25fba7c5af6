"""Finds cases by a person's name or by their reference, among those that somebody may search."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from models.access import Act
from models.base import REF_LETTERS
from models.case import Case
from models.name_token import NameToken
from models.person import Person
from models.queries.access import visible_to
from models.staff import Staff

A_REFERENCE = re.compile(r"C-?([0-9A-Z]{3,10})", re.IGNORECASE)
FIRST, LAST = min(REF_LETTERS), max(REF_LETTERS)
MOST_FOUND = 30


def found(
    session: Session, who: Staff, wanted: Sequence[frozenset[int]], typed: str, now: datetime, most: int = MOST_FOUND
) -> Sequence[Case]:
    """Cases of people whose names have, for each word typed, one of its fingerprints; or of a reference that begins

    like what was typed. The newest case first; only those that somebody may search.
    """
    ways = [one for one in (by_name(wanted), by_reference(typed)) if one is not None]
    if not ways:
        return []
    query = select(Case).where(or_(*ways), visible_to(who, now, Act.SEARCH))
    return session.exec(query.order_by(col(Case.id).desc()).limit(most)).all()


def by_name(wanted: Sequence[frozenset[int]]) -> ColumnElement[bool] | None:
    """Cases of one person who has every word."""
    if not wanted:
        return None
    holders = [select(NameToken.person_id).where(col(NameToken.token).in_(sorted(word))) for word in wanted]
    people = select(Person.case_id).where(*(col(Person.id).in_(some) for some in holders))
    return col(Case.id).in_(people)


def by_reference(typed: str) -> ColumnElement[bool] | None:
    """Cases whose reference begins so."""
    said = A_REFERENCE.fullmatch(typed.strip())
    if said is None:
        return None
    begins = f"C-{said.group(1).upper()}"
    return and_(col(Case.ref) >= begins.ljust(12, FIRST), col(Case.ref) <= begins.ljust(12, LAST))
