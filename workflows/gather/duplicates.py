"""Who may be the same, what was decided, and what the same person already had elsewhere."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import col, select

from models.case import Case
from models.duplicate import CaseMerge, DuplicateCandidate, DuplicateVerdict, PriorAssistance, SamePerson
from models.money import Allowance
from workflows import facts as f
from workflows.gather.reader import Reader

EUR, NONE = "EUR", "none"


def candidates(read: Reader) -> tuple[f.Candidate, ...]:
    """Everybody found, with the last word on them."""
    words = {row.candidate_id: row for row in read.all(DuplicateVerdict)}
    merged = {row.candidate_id: not row.undone for row in read.all(CaseMerge)}
    return tuple(
        f.Candidate(
            str(row.id), row.at, row.score, row.confidence, row.twin,
            words[row.id].verdict if row.id in words else None, merged.get(row.id, False),
        )
        for row in read.all(DuplicateCandidate)
    )  # fmt: skip


def grants_elsewhere(read: Reader) -> Decimal:
    """What other cases of the same person were paid or, while they are open, may still be paid; and known sums."""
    known = [row.amount for row in read.all(PriorAssistance) if row.amount is not None and row.currency == EUR]
    cases = same_cases(read)
    if cases:
        query = select(Allowance, Case.closed_at).join(Case, col(Case.id) == Allowance.case_id)
        rows = read.session.exec(query.where(col(Allowance.case_id).in_(cases), Allowance.scope == "family"))
        known += [row.paid_eur if closed_at else row.approved_eur for row, closed_at in rows]
    return sum(known, Decimal(0))


def had_elsewhere(read: Reader) -> frozenset[str]:
    """The programmes that helped before, and the kinds of support that other cases of the same person approved."""
    had = {row.programme for row in read.all(PriorAssistance) if row.programme != NONE}
    cases = same_cases(read)
    if cases:
        query = select(Allowance.name).where(
            col(Allowance.case_id).in_(cases), Allowance.scope == "category", Allowance.approved_eur > 0
        )
        had |= set(read.session.exec(query))
    return frozenset(had)


def same_cases(read: Reader) -> list[UUID]:
    """Other cases that somebody decided to be of the same person."""
    newest = {row.other_case_id: row.same for row in read.all(SamePerson)}
    return [case_id for case_id, same in newest.items() if same]


def asked_before(read: Reader) -> bool:
    """Whether anybody asked the person about help from elsewhere."""
    return bool(read.all(PriorAssistance))
