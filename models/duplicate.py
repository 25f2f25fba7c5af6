"""People who may be the same: tokens to find them by, what was found, what people decided, and merges.

A token is a keyed fingerprint of a name's consonants, a birth date or a number; no name stands in any index.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON

from models.base import Record, plain, sealed
from models.booking import MONEY
from models.case import Belonging, OfPerson


class MatchToken(Record, table=True):
    """One way by which a person can be found; made anew whenever what is known of them changes."""

    __tablename__ = "match_tokens"

    case_id: UUID = plain(foreign_key="cases.id", index=True)
    person_id: UUID = plain(foreign_key="persons.id", index=True)
    token: str = plain(max_length=32, index=True)


class DuplicateCandidate(OfPerson, table=True):
    """Somebody of another case who may be the same, with the score and what agreed; a person decides."""

    __tablename__ = "duplicate_candidates"

    other_case_id: UUID = plain(foreign_key="cases.id", index=True)
    other_person_id: UUID = plain(foreign_key="persons.id")
    score: int = plain()
    confidence: str = plain(max_length=10)
    twin: bool = plain(False)
    signals: list[str] = plain(sa_type=JSON)


class DuplicateVerdict(OfPerson, table=True):
    """What somebody decided on a candidate: same, different, unsure. The newest counts."""

    __tablename__ = "duplicate_verdicts"

    candidate_id: UUID = plain(foreign_key="duplicate_candidates.id", index=True)
    verdict: str = plain(max_length=10)
    reasons: bytes | None = sealed(3)


class SamePerson(Belonging, table=True):
    """From the view of each case: another one that is of the same person, or (``same`` false) is not any more.

    What was given there counts here as already had, from the first word "same" on.
    """

    __tablename__ = "same_persons"

    other_case_id: UUID = plain(foreign_key="cases.id", index=True)
    candidate_id: UUID = plain(foreign_key="duplicate_candidates.id")
    same: bool = plain()


class CaseMerge(Belonging, table=True):
    """Two cases became one, confirmed by a second person; undoing it is a new row and restores both."""

    __tablename__ = "case_merges"

    candidate_id: UUID = plain(foreign_key="duplicate_candidates.id", index=True)
    kept_case_id: UUID = plain(foreign_key="cases.id")
    closed_case_id: UUID | None = plain(None)
    undone: bool = plain(False)


class PriorAssistance(OfPerson, table=True):
    """Help that the person already had from another programme or office (NAVRR, another IOM office); or none."""

    __tablename__ = "prior_assistance"

    programme: str = plain(max_length=40)
    amount: Decimal | None = plain(None, sa_type=MONEY)
    currency: str | None = plain(None, max_length=3)
    received_on: date | None = plain(None)
    notes: bytes | None = sealed(3)
