"""Writes down what follows from a decision: questions, deadlines, intents, the note of where stages stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.base import new_id
from models.cabinet import rows_of
from models.case import Case
from models.deadline import Deadline, Sort
from models.effect import Effect, EffectState, effect_key
from models.event import append
from models.question import Question, StandingRow
from models.reading import thawed
from models.stage import Stage
from models.vault import Keyring
from workflows import deadlines
from workflows.noted import kept, more_of
from workflows.standing import Asking, Doing, Duty, Standing, Waiting, reason_of, until_of

BY = "sila"


@dataclass(frozen=True)
class Applied:
    """What changed: the stages that stand otherwise, and when somebody is to be reminded next."""

    moved: list[Stage]
    remind_at: datetime | None = None


@dataclass(frozen=True)
class Written:
    """What was written down of a case before: its ledger, notes of stages, running deadlines and questions."""

    ledger: tuple[Effect, ...]
    notes: tuple[StandingRow, ...]
    running: list[Deadline]
    questions: tuple[Question, ...]


def written(session: Session, case: Case) -> Written:
    """Read before anything is written: then it is in the cabinet, and nothing is written half-way to be read."""
    ledger, notes = rows_of(session, case, Effect), rows_of(session, case, StandingRow)
    return Written(ledger, notes, deadlines.running(session, case), rows_of(session, case, Question))


def apply(
    session: Session,
    case: Case,
    standings: Mapping[Stage, Standing],
    duties: Iterable[Duty],
    now: datetime,
    before: Written | None = None,
) -> Applied:
    """Bring questions, deadlines, intents and notes in line with standings and duties.

    Only the stages given are looked at, and the duties of these. ``before``: what the caller has read already.
    """
    before = before or written(session, case)
    known = {row_of_ledger(row) for row in before.ledger}
    answered = {row.id: row.answered_at for row in before.questions}
    asked = ask(session, case, standings, duties, before.questions, now)
    remind_at = deadlines.keep(session, case, standings, asked, before.running, answered, now)
    for stage, standing in standings.items():
        if isinstance(standing, Doing):
            intend(session, case, stage, standing, known, now)
    return Applied(note(session, case, standings, before.notes, now), remind_at)


def ask(
    session: Session,
    case: Case,
    standings: Mapping[Stage, Standing],
    duties: Iterable[Duty],
    questions: Iterable[Question],
    now: datetime,
) -> list[tuple[Stage, Sort, Asking, Question]]:
    """Open what is asked now; void what is no longer asked in these stages; move what was escalated.

    While the case is suspended nothing is void: its time stands still. Gives what is asked, with its question.
    """
    open_now = {
        (question.stage, question.kind, question.subject): question
        for question in questions
        if is_open(question) and question.stage in standings
    }
    wanted = [(stage, Sort.QUESTION, asking) for stage, asking in standings.items() if isinstance(asking, Asking)]
    wanted += [(duty.stage, Sort.DUTY, duty.asking) for duty in duties if duty.stage in standings and duty.is_open(now)]
    asked = []
    for stage, sort, asking in wanted:
        question = open_now.pop((stage, asking.question, asking.subject), None)
        asked.append((stage, sort, asking, renew(session, case, stage, asking, question, now)))
    for question in open_now.values():
        kept = thawed(session, question)
        if not case.stands_still:
            kept.voided_at = now
        elif kept.paused_at is None:
            kept.paused_at = now
    return asked


def renew(
    session: Session, case: Case, stage: Stage, asking: Asking, question: Question | None, now: datetime
) -> Question:
    """A new question, or the same one with a later limit or a higher role."""
    if question is None:
        question = Question(
            id=new_id(), case_id=case.id, at=now, by=BY, journey=case.journey, stage=stage, kind=asking.question,
            subject=asking.subject, role=asking.role, until=asking.until,
        )  # fmt: skip
        session.add(question)
        append(session, case.ref, "question.asked", BY, now, question=asking.question, role=asking.role.value)
        return question
    if question.role is not asking.role:
        append(session, case.ref, "question.escalated", BY, now, question=asking.question, role=asking.role.value)
    if (question.role, question.until, question.paused_at) != (asking.role, asking.until, None):
        kept = thawed(session, question)
        if kept.paused_at:
            kept.paused_seconds += int((now - kept.paused_at).total_seconds())
        kept.role, kept.until, kept.paused_at = asking.role, asking.until, None
    return question


def is_open(question: Question) -> bool:
    """Nobody has answered it, and it is still asked."""
    return question.answered_at is None and question.voided_at is None


def row_of_ledger(row: Effect) -> tuple[str, str, int]:
    """What makes it the same effect."""
    return row.action, row.subject, row.generation


def intend(
    session: Session, case: Case, stage: Stage, doing: Doing, known: set[tuple[str, str, int]], now: datetime
) -> None:
    """A row in the ledger before anything happens; the same try has the same row, and the same key."""
    if doing.effect not in known:
        known.add(doing.effect)
        keyring: Keyring = session.info["keyring"]
        key = effect_key(keyring, case.ref, doing.action, doing.subject, doing.generation)
        session.add(
            Effect(
                id=new_id(), case_id=case.id, at=now, by=BY, journey=case.journey, stage=stage, action=doing.action,
                subject=doing.subject, generation=doing.generation, key=key, on_behalf_of=case.responsible,
                state=EffectState.INTENDED,
            )
        )  # fmt: skip


def note(
    session: Session, case: Case, standings: Mapping[Stage, Standing], notes: Iterable[StandingRow], now: datetime
) -> list[Stage]:
    """Keep the list of where stages stand and since when; a change is an event. Gives the stages that changed."""
    rows = {row.stage: row for row in notes}
    by_stage = {
        stage: thawed(session, row)
        for stage, row in rows.items()
        if stage in standings and shown(row) != told(standings[stage])
    }
    moved = []
    for stage, standing in standings.items():
        if stage not in rows:
            by_stage[stage] = StandingRow(id=new_id(), case_id=case.id, stage=stage, kind="", why={}, since=now)
            session.add(by_stage[stage])
        if stage in by_stage and renote(session, case, by_stage[stage], standing, now):
            moved.append(stage)
    if moved:
        case.ver += 1
    return moved


def shown(row: StandingRow) -> tuple[object, ...]:
    """What a note says."""
    return row.kind, row.on, row.why, row.until, row.more


def told(standing: Standing) -> tuple[object, ...]:
    """What a note of this standing says."""
    why = kept(reason_of(standing))
    return type(standing).__name__, counterpart(standing), why, until_of(standing), more_of(standing)


def renote(session: Session, case: Case, row: StandingRow, standing: Standing, now: datetime) -> bool:
    """One stage's note; true when its kind, reason or counterpart changed."""
    before, after = shown(row), told(standing)
    row.kind, row.on, row.why, row.until, row.more = after  # type: ignore[assignment]
    if before[:3] == after[:3]:
        return False
    row.since = now
    if row.kind != "Blocked":
        why = reason_of(standing).code
        append(session, case.ref, "stage.stands", BY, now, stage=row.stage.value, how=row.kind, why=why)
    return True


def counterpart(standing: Standing) -> str | None:
    """Whom a stage waits for or asks."""
    match standing:
        case Waiting(on=on):
            return on.value
        case Asking(role=role):
            return role.value
        case _:
            return None
