"""Cases whose pushes crashed too often (F12): each becomes a task of operations, who can let it go on."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session, and_, col, or_, select

from models.case import SHAKY, Case
from models.deadline import Deadline, Sort
from models.event import append
from models.question import Question
from workflows.apply import BY, renew
from workflows.deadlines import Limit, is_same, move, opened
from workflows.duties.incidents import goes_on
from workflows.house import House
from workflows.lease import MOST_STUMBLES, is_held, let_go, lock, stumble
from workflows.pathways import rules_of

TASK = "case_goes_on"
PAUSE = timedelta(minutes=1)  # after the first crash; twice as long after each further one
OF_THE_MACHINE = (OperationalError, InterfaceError, NoConnection)  # the database is away or busy: no fault of a case


def stumbled(house: House, ref: str, token: str, error: Exception) -> None:
    """A push raised what nobody foresaw: count it, give the case back, and let the clock bring it back later."""
    if isinstance(error, OF_THE_MACHINE):
        return give_back(house, ref, token)
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        if case.lease is None or is_held(case, token):
            stumble(case)
            case.due_at = now + PAUSE * 2 ** (case.stumbles - 1)
    return None


def give_back(house: House, ref: str, token: str) -> None:
    """Let go of a case that is still held, if the database lets us: else its hold lapses, and counts as a crash."""
    with suppress(*OF_THE_MACHINE):
        with house.database.reading() as session:  # waits for nobody
            mine = session.exec(select(Case.id).where(Case.ref == ref, Case.lease == token)).first()
        if mine:
            with house.database.unit_of_work() as session:
                case = lock(session, ref)
                if is_held(case, token):
                    let_go(case)


def stop_some(house: House) -> list[str]:
    """Make a task of each case that crashed too often, with a limit like that of any task. Gives the references."""
    now = house.clock.now()
    often = (SHAKY, col(Case.stumbles) >= MOST_STUMBLES, col(Case.closed_at).is_(None))
    with house.database.reading() as session:
        query = select(Case.ref).where(*often, or_(col(Case.stopped_at).is_(None), is_late(now)))
        refs = list(session.exec(query))
    for ref in refs:
        with house.database.unit_of_work() as session:
            case = lock(session, ref)
            if case.stumbles >= MOST_STUMBLES:
                stop(session, case, now)
    return refs


def is_late(now: datetime) -> ColumnElement[bool]:
    """Whether somebody is to be reminded of a case's task, or has missed it."""
    over = col(Deadline.until) <= now
    remind = and_(
        col(Deadline.remind_at) <= now, col(Deadline.reminded_at).is_(None), col(Deadline.overdue_at).is_(None)
    )
    its = select(Deadline.id).where(Deadline.case_id == Case.id, Deadline.kind == TASK, *runs())
    return its.where(or_(over, remind)).exists()


def runs() -> tuple[ColumnElement[bool], ...]:
    """Of deadlines: neither met nor void."""
    return col(Deadline.met_at).is_(None), col(Deadline.voided_at).is_(None)


def stop(session: Session, case: Case, now: datetime) -> None:
    """The task, with its limit. It is kept here because no push of this case gets so far."""
    if case.stopped_at is None:
        append(session, case.ref, "case.stopped", BY, now, stumbles=case.stumbles)
    case.stopped_at = case.stopped_at or now
    duty = goes_on(rules_of(case.pathway, case.pathway_version), case.stopped_at, now)
    asked, stage = duty.asking, duty.stage
    is_open = (col(Question.answered_at).is_(None), col(Question.voided_at).is_(None))
    known = session.exec(select(Question).where(Question.case_id == case.id, Question.kind == TASK, *is_open)).first()
    question = renew(session, case, stage, asked, known, now)
    session.flush()
    limit = Limit(stage, Sort.DUTY, asked.question, "", asked.role.value, asked.until, asked.then.code, question)
    row = session.exec(select(Deadline).where(Deadline.question_id == question.id, *runs())).first()
    row = row or opened(session, case, limit, now)
    if not is_same(row, limit, now):
        move(session, case, row, limit, now)
