"""Recording a fact: one transaction of fact, event and due instant."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.counselling import TrackChoice
from models.event import append
from models.queries.changes import changes_since
from models.question import Question
from models.staff import Staff
from models.stage import Track
from workflows import gates
from workflows.commands.change import Change, Changed, Fact, NotAllowed, Recording, Refused, touch
from workflows.commands.withdrawal import void_intents
from workflows.decide import decide
from workflows.duties import duties
from workflows.gather import gather
from workflows.house import House
from workflows.inputs import Input
from workflows.lease import lock
from workflows.standing import Asking


def record(
    house: House, ref: str, fact: Fact, body: Input, who: Staff, seen: int | None = None, *, own: bool = False
) -> Change:
    """Record a fact. ``seen``: the number of the last event that its writer had seen (None: whatever happened).

    ``own``: the person says it themselves; ``workflows.themselves`` knows what they may say so.

    Raises Refused, NotAllowed, Wrong, UnknownCase, or Changed when people changed the case after that event.
    """
    if not own and not who.has(*fact.roles):
        raise NotAllowed("role", f"Only {' or '.join(role.value for role in fact.roles)} may record this.")
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if seen is not None and changes_since(session, ref, seen, 1):
            raise Changed
        return recorded(session, case, fact, body, who, house.clock.now())


def recorded(session: Session, case: Case, fact: Fact, body: Input, who: Staff, now: datetime) -> Change:
    """The same in a transaction that has the case locked. Raises Refused or Wrong."""
    if case.closed_at is not None:
        raise Refused("case_closed", "The case is closed: open it again as a new episode.")
    questions = asked(session, case, fact.kind, body.subject())
    if fact.only_when_asked and not is_asked(session, case, fact, body, now):
        raise Refused("not_asked", instead(asked_now(session, case, now), suspended=case.stands_still))
    fact.record(Recording(session, case, body, who.handle, now, who))
    for question in questions:
        question.answered_at, question.answered_by = now, who.handle
    append(session, case.ref, f"fact.{fact.kind}", who.handle, now)
    return touch(case, now)


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
        asking.question == fact.kind and wanted in (None, asking.subject) for asking in asked_now(session, case, now)
    )


def asked_now(session: Session, case: Case, now: datetime) -> list[Asking]:
    """Everything that stages and duties ask."""
    facts = gather(session, case, now)
    asked = [standing for standing in decide(facts).values() if isinstance(standing, Asking)]
    return asked + [duty.asking for duty in duties(facts) if duty.is_open(now)]


def instead(asked: list[Asking], *, suspended: bool) -> str:
    """What a counsellor is told whose answer nobody asked for: what is asked, and of whom."""
    if suspended:
        return "The case is suspended, so this is not asked for now: its status says what ends the suspension, and who."
    waits = ", ".join(sorted({f"{asking.question} ({asking.role.value})" for asking in asked}))
    return f"This is not asked for now. The case waits for: {waits or 'nobody'}. Its status says why."


def choose(r: Recording) -> None:
    """A track; choosing another one than before begins a new journey, so that nothing of the old one counts."""
    if r.body.track is Track.RETURN and gates.untold(gather(r.session, r.case, r.now)):
        raise Refused("ban_not_told", "Tell the person first which entry ban awaits them, and record that it was told.")
    if r.case.track not in (Track.UNDECIDED, r.body.track):
        void_intents(r.session, r.case, r.now)
        r.case.journey += 1
    r.case.track = r.body.track
    r.save(TrackChoice(**r.row, track=r.body.track))
