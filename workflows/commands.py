"""The only way into a case: each command is one transaction of fact, event and due instant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import wall
from models.consent import Consent, ConsentKind
from models.counselling import TrackChoice
from models.effect import Effect, EffectState
from models.event import append
from models.question import Question
from models.staff import Staff
from models.stage import Role, Track
from workflows.decide import decide
from workflows.gather import gather
from workflows.house import House
from workflows.inputs import Input
from workflows.lease import UnknownCase, lock
from workflows.standing import Asking


class Refused(Exception):
    """The process does not allow this now. ``code`` is for programs, the text says what to do."""

    status = 409

    def __init__(self, code: str, remedy: str, field: str | None = None) -> None:
        super().__init__(remedy)
        self.code, self.remedy, self.field = code, remedy, field


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403


class Wrong(Refused):
    """What was given cannot be right, whatever the moment."""

    status = 422


@dataclass(frozen=True)
class Recording:
    """What a recorder works with."""

    session: Session
    case: Case
    body: Any
    by: str
    now: datetime

    @property
    def row(self) -> dict[str, Any]:
        """The columns that every row of a journey has."""
        return {"case_id": self.case.id, "journey": self.case.journey, "at": self.now, "by": self.by}

    def save(self, row: Any, **sealed: Any) -> Any:
        """Keep a row, sealing what is to be sealed."""
        self.session.info["vault"].seal(row, **sealed)
        self.session.add(row)
        return row


@dataclass(frozen=True)
class Fact:
    """A kind of fact: its input, who may record it, how, and whether only when it is asked for."""

    kind: str
    model: type[Input]
    roles: tuple[Role, ...]
    record: Callable[[Recording], None]
    only_when_asked: bool = False


@dataclass(frozen=True)
class Change:
    """A case at its new version. ``wakes``: nobody else sees to it, so that a run must be asked for."""

    ref: str
    ver: int
    pathway: str
    wakes: bool = True


def record(house: House, ref: str, fact: Fact, body: Input, who: Staff) -> Change:
    """Record a fact. Raises Refused, NotAllowed, Wrong or UnknownCase."""
    if not who.has(*fact.roles):
        raise NotAllowed("role", f"Only {' or '.join(role.value for role in fact.roles)} may record this.")
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if case.closed_at is not None:
            raise Refused("case_closed", "The case is closed: open a new one for the same person.")
        questions = asked(session, case, fact.kind, body.subject())
        if fact.only_when_asked and not is_asked(session, case, fact, body, now):
            raise Refused("not_asked", "This is not asked for now: look at the case's status for what it waits for.")
        fact.record(Recording(session, case, body, who.handle, now))
        for question in questions:
            question.answered_at, question.answered_by = now, who.handle
        append(session, ref, f"fact.{fact.kind}", who.handle, now)
        return touch(case, now)


def touch(case: Case, now: datetime) -> Change:
    """Something changed: the case is due at once, under a new version."""
    wakes = not is_awake(case, now)
    case.ver += 1
    case.due_at = now
    return Change(case.ref, case.ver, case.runs_on, wakes)


def is_awake(case: Case, now: datetime) -> bool:
    """Already due, so that a run was asked for and will see the change, or held by a run that looks again."""
    held = case.lease_until is not None and case.lease_until > wall()
    return held or (case.due_at is not None and case.due_at <= now)


def asked(session: Session, case: Case, kind: str, subject: str | None) -> list[Question]:
    """The open questions that a fact of this kind answers."""
    rows = session.exec(
        select(Question).where(
            Question.case_id == case.id,
            Question.kind == kind,
            col(Question.answered_at).is_(None),
            col(Question.voided_at).is_(None),
        )
    ).all()
    return [row for row in rows if subject is None or row.subject in ("", subject)]


def is_asked(session: Session, case: Case, fact: Fact, body: Input, now: datetime) -> bool:
    """Whether a stage asks for this at this very moment, by the facts and not by the note of a question."""
    wanted = body.subject()
    return any(
        isinstance(standing, Asking) and standing.question == fact.kind and (wanted in (None, standing.subject))
        for standing in decide(gather(session, case, now)).values()
    )


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


def choose(r: Recording) -> None:
    """A track; choosing another one than before begins a new journey, so that nothing of the old one counts."""
    if r.case.track not in (Track.UNDECIDED, r.body.track):
        void_intents(r.session, r.case, r.now)
        r.case.journey += 1
    r.case.track = r.body.track
    r.save(TrackChoice(**r.row, track=r.body.track))


__all__ = [
    "Change",
    "Fact",
    "NotAllowed",
    "Recording",
    "Refused",
    "UnknownCase",
    "Wrong",
    "record",
    "touch",
    "withdraw",
    "withdraw_will",
]
