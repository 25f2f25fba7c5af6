"""Withdrawal: in one step, in every state, without a reason."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.consent import Consent, ConsentKind
from models.effect import Effect, EffectState
from models.event import append
from models.staff import Staff
from models.stage import Track
from workflows.commands.change import Change, Refused, touch
from workflows.gather import gather
from workflows.house import House
from workflows.lease import lock


def withdraw(house: House, ref: str, who: Staff) -> Change:
    """The person no longer wants to travel: in one step, in every state, without a reason (L4).

    A new journey begins undecided; intents are void at once, and what was sent is recalled by the stages.
    After boarding there is nothing to withdraw from but support: the case stays as it is.
    """
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if case.closed_at is not None:
            raise Refused("case_closed", "The case is closed: there is nothing left to withdraw from.")
        if gather(session, case, now).departed:
            raise Refused("departed", "The person has travelled: record a check-in or speak with protection.")
        withdraw_will(session, case, who.handle, now)
        return touch(case, now)


def withdraw_will(session: Session, case: Case, by: str, now: datetime) -> None:
    """End this journey's consents and intents, and begin an undecided one."""
    end_consents(session, case, by, now)
    void_intents(session, case, now)
    case.journey, case.track, case.withdrawn_at = case.journey + 1, Track.UNDECIDED, now
    append(session, case.ref, "withdrawn", by, now, journey=case.journey)


def end_consents(session: Session, case: Case, by: str, now: datetime) -> None:
    """Withdrawal is a new record for each declaration and transfer of this journey."""
    given = session.exec(
        select(Consent).where(
            Consent.case_id == case.id,
            Consent.journey == case.journey,
            col(Consent.kind).in_([ConsentKind.DECLARATION, ConsentKind.TRANSFER]),
        )
    ).all()
    for consent in given:
        kept = consent.model_dump(exclude={"id", "at", "by", "given"})
        session.add(Consent(**kept, at=now, by=by, given=False))


def void_intents(session: Session, case: Case, now: datetime) -> None:
    """What was meant to be done for this journey and was not sent is never sent (S6)."""
    for effect in session.exec(
        select(Effect).where(Effect.case_id == case.id, Effect.state == EffectState.INTENDED)
    ).all():
        effect.state, effect.settled_at = EffectState.VOID, now
