"""Withdrawal: in one step, in every state, without a reason; what follows from it is seen to afterwards."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.consent import Consent, ConsentKind
from models.counselling import TrackChoice
from models.departure import Boarding
from models.effect import Effect, EffectState
from models.event import append
from models.staff import Staff
from models.stage import Stage, Track
from workflows.commands.change import Change, touch
from workflows.house import House
from workflows.lease import let_go_on, lock

OF_THE_JOURNEY = (ConsentKind.DECLARATION, ConsentKind.ASSENT, ConsentKind.TRANSFER)
TELLING = (Stage.PARTNER_HANDOVER, Stage.REINTEGRATION)  # stages whose effects tell a partner about the person


def withdraw(house: House, ref: str, who: Staff) -> Change:
    """The person no longer wants this: in one step, in every state, without a reason (L4). Never refused.

    Before departure a new journey begins undecided; intents are void at once, and the stages recall what was sent.
    After departure, or when the case is closed, sharing with partners ends (F33). Reads nothing that could fail.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        stop(session, case, who.handle, now)
        let_go_on(case)  # what was sent must be recalled, whatever made the case stop
        return touch(case, now)


def stop(session: Session, case: Case, by: str, now: datetime) -> None:
    """What withdrawing means where the case now is."""
    if case.closed_at is not None or has_departed(session, case):
        end_sharing(session, case, by, now)
    elif is_undone(session, case):
        end_consents(session, case, by, now)
        void_intents(session, case, now)
    else:
        withdraw_will(session, case, by, now)


def has_departed(session: Session, case: Case) -> bool:
    """Boarded on this journey."""
    gone = select(Boarding.id).where(
        Boarding.case_id == case.id, Boarding.journey == case.journey, col(Boarding.departed_at).is_not(None)
    )
    return session.exec(gone).first() is not None


def is_undone(session: Session, case: Case) -> bool:
    """Withdrawn already, and nothing chosen since: a second press of the same button arranges no second bed."""
    if case.track is not Track.UNDECIDED or case.withdrawn_at is None:
        return False
    chosen = select(TrackChoice.id).where(TrackChoice.case_id == case.id, TrackChoice.journey == case.journey)
    return session.exec(chosen).first() is None


def withdraw_will(session: Session, case: Case, by: str, now: datetime) -> None:
    """End this journey's consents and intents, and begin an undecided one."""
    end_consents(session, case, by, now)
    void_intents(session, case, now)
    case.journey, case.track, case.withdrawn_at = case.journey + 1, Track.UNDECIDED, now
    append(session, case.ref, "withdrawn", by, now, journey=case.journey)


def end_sharing(session: Session, case: Case, by: str, now: datetime) -> None:
    """After departure: no partner is told anything more; the person is still looked after by us."""
    end_consents(session, case, by, now, (ConsentKind.TRANSFER,))
    void_intents(session, case, now, TELLING)
    append(session, case.ref, "sharing.ended", by, now, journey=case.journey)


def end_consents(
    session: Session, case: Case, by: str, now: datetime, kinds: Iterable[ConsentKind] = OF_THE_JOURNEY
) -> None:
    """Taking back is a new record for each declaration, assent and transfer that stands on this journey."""
    query = select(Consent).where(
        Consent.case_id == case.id, Consent.journey == case.journey, col(Consent.kind).in_(list(kinds))
    )
    newest = {
        (row.kind, row.person_id, row.recipient): row
        for row in session.exec(query.order_by(col(Consent.at), col(Consent.id))).all()
    }
    for consent in newest.values():
        if consent.given:
            kept = consent.model_dump(exclude={"id", "at", "by", "given"})
            session.add(Consent(**kept, at=now, by=by, given=False))


def void_intents(session: Session, case: Case, now: datetime, stages: Iterable[Stage] = tuple(Stage)) -> None:
    """What was meant to be done and was not sent is never sent (S6)."""
    intended = select(Effect).where(
        Effect.case_id == case.id, Effect.state == EffectState.INTENDED, col(Effect.stage).in_(list(stages))
    )
    for effect in session.exec(intended).all():
        effect.state, effect.settled_at = EffectState.VOID, now
