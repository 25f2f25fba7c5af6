"""Two cases of one person become one, and can become two again. Money once given is never given twice (S3, F36)."""

from uuid import UUID

from sqlmodel import Session, col, select

from models.booking import Booking
from models.case import Case
from models.duplicate import CaseMerge, DuplicateCandidate, SamePerson
from models.effect import Effect, EffectState
from models.event import append
from models.handover import Handover
from models.person import Person
from models.reintegration import Instalment
from workflows.commands import Recording, Refused, void_intents

MERGED = "merged"
IN_FLIGHT = (EffectState.SENT, EffectState.UNKNOWN)
LIVE_SEATS = ("held", "ticketed", "pending")
ORDERED = "ordered"
OVER = ("rejected", "withdrawn", "expired", "revoked", "received", "recalled", "returned", "no_show")


def locked(session: Session, case_id: UUID) -> Case:
    """Another case than the one at hand, locked too."""
    return session.exec(select(Case).where(Case.id == case_id).with_for_update()).one()


def say_same(r: Recording, row: DuplicateCandidate, *, same: bool) -> None:
    """From now on each case counts, or no longer counts, what the other was given."""
    for mine, other in ((row.case_id, row.other_case_id), (row.other_case_id, row.case_id)):
        query = select(SamePerson).where(SamePerson.case_id == mine, SamePerson.other_case_id == other)
        last = r.session.exec(query.order_by(col(SamePerson.at).desc(), col(SamePerson.id).desc())).first()
        if same != (last is not None and last.same):
            r.session.add(SamePerson(case_id=mine, other_case_id=other, candidate_id=row.id, same=same,
                                     at=r.now, by=r.by))  # fmt: skip


def merge_cases(r: Recording, row: DuplicateCandidate, *, keep_this: bool) -> None:
    """One case goes on; the other is closed, unless it was already, and nothing of it is lost.

    Raises Refused while something of the case to be closed is under way, or others depend on it.
    """
    other = locked(r.session, row.other_case_id if r.case.id == row.case_id else row.case_id)
    kept, closing = (r.case, other) if keep_this else (other, r.case)
    if kept.closed_at is not None:
        raise Refused("kept_is_closed", "The case that should go on is closed: keep the other one.", "keep")
    was_open = closing.closed_at is None
    if was_open:
        refuse_to_close(r, closing)
        close(r, closing)
    for case in (kept, closing):
        r.session.add(CaseMerge(
            case_id=case.id, at=r.now, by=r.by, candidate_id=row.id, kept_case_id=kept.id,
            closed_case_id=closing.id if was_open else None,
        ))  # fmt: skip
        append(r.session, case.ref, "case.merged", r.by, r.now, candidate=str(row.id), goes_on=case is kept)
    wake(r, other)


def refuse_to_close(r: Recording, closing: Case) -> None:
    """What is under way ends under its own key first (F36); whoever else is in the case moves out first."""
    people = r.session.exec(select(Person.id).where(Person.case_id == closing.id)).all()
    if len(people) > 1:
        raise Refused("others_in_case", "The case that would end holds other people: give them a case of their own "
                      "first, or keep that case.", "keep")  # fmt: skip
    under_way = select(Effect.id).where(Effect.case_id == closing.id, col(Effect.state).in_(IN_FLIGHT))
    seats = select(Booking.id).where(Booking.case_id == closing.id, col(Booking.status).in_(LIVE_SEATS))
    offers = select(Handover.id).where(Handover.case_id == closing.id, col(Handover.status).not_in(OVER))
    orders = select(Instalment.id).where(Instalment.case_id == closing.id, Instalment.payment_status == ORDERED)
    if any(r.session.exec(query).first() for query in (under_way, seats, offers, orders)):
        raise Refused("in_flight", "Something of the case that would end is under way: withdraw there, wait until "
                      "it has ended, or keep that case.", "keep")  # fmt: skip


def close(r: Recording, case: Case) -> None:
    """Ended as merged; what was only meant to be done is not done."""
    void_intents(r.session, case, r.now)
    case.closed_at, case.outcome = r.now, MERGED


def unmerge_cases(r: Recording, stands: CaseMerge) -> None:
    """The case that was closed is open again; a case that had ended by itself stays ended."""
    rows = r.session.exec(select(CaseMerge).where(CaseMerge.candidate_id == stands.candidate_id)).all()
    for case_id in sorted({row.case_id for row in rows}):
        case = r.case if case_id == r.case.id else locked(r.session, case_id)
        r.session.add(CaseMerge(
            case_id=case.id, at=r.now, by=r.by, candidate_id=stands.candidate_id, kept_case_id=stands.kept_case_id,
            closed_case_id=stands.closed_case_id, undone=True,
        ))  # fmt: skip
        if case.id == stands.closed_case_id:
            case.closed_at = case.outcome = None
        append(r.session, case.ref, "case.unmerged", r.by, r.now, candidate=str(stands.candidate_id))
        wake(r, case)


def wake(r: Recording, case: Case) -> None:
    """Another case than the one at hand is looked at again at once."""
    if case.id != r.case.id:
        case.ver, case.due_at = case.ver + 1, r.now
