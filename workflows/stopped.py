"""Cases whose pushes crashed too often (F12): each becomes a task of operations, who can let it go on."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session, col, select

from models.case import SHAKY, Case
from models.deadline import Sort
from models.event import append
from workflows.apply import BY, renew
from workflows.deadlines import Limit, opened
from workflows.duties.incidents import goes_on
from workflows.house import House
from workflows.lease import MOST_STUMBLES, is_held, let_go, lock, stumble
from workflows.pathways import rules_of

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
    """Make a task of each case that crashed too often, once. Gives the references."""
    now = house.clock.now()
    often = (SHAKY, col(Case.stumbles) >= MOST_STUMBLES, col(Case.stopped_at).is_(None), col(Case.closed_at).is_(None))
    with house.database.reading() as session:
        refs = list(session.exec(select(Case.ref).where(*often)))
    for ref in refs:
        with house.database.unit_of_work() as session:
            case = lock(session, ref)
            if case.stopped_at is None and case.stumbles >= MOST_STUMBLES:
                stop(session, case, now)
    return refs


def stop(session: Session, case: Case, now: datetime) -> None:
    """The task, with its limit. It is written here because no push of this case gets so far."""
    case.stopped_at = now
    duty = goes_on(rules_of(case.pathway, case.pathway_version), now)
    asked, stage = duty.asking, duty.stage
    question = renew(session, case, stage, asked, None, now)
    session.flush()
    limit = Limit(stage, Sort.DUTY, asked.question, "", asked.role.value, asked.until, asked.then.code, question)
    opened(session, case, limit, now)
    append(session, case.ref, "case.stopped", BY, now, stumbles=case.stumbles)
