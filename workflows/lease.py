"""One run moves a case at a time. A lease lapses by the machine's own clock, and the next run takes over.

A hold that ended otherwise than by the run's own word is a crash: it is counted, and from ``MOST_STUMBLES`` in a row
on, with nothing moved in between, no run takes the case until a person lets it go on (F12, ``workflows/stopped.py``).
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from models.case import Case, UnknownCase
from models.clock import wall
from models.database import Database
from models.effect import Effect, EffectState

__all__ = [
    "MOST_STUMBLES", "PROCESS", "NotOurs", "UnknownCase", "at_rest", "free", "held", "hold", "is_held", "let_go",
    "let_go_on", "lock", "lock_many", "new_token", "shaky", "stumble", "take", "take_many", "taken",
]  # fmt: skip


class NotOurs(Exception):
    """Another run has taken the case over: stop, and send nothing (F9, F10)."""


MOST_STUMBLES = 5
PROCESS = secrets.token_hex(6)  # every hold of this process begins with it


def new_token() -> str:
    """A name for one run's hold on a case."""
    return f"{PROCESS}.{secrets.token_hex(10)}"


def lock(session: Session, ref: str) -> Case:
    """The case, locked until the transaction ends. Raises UnknownCase."""
    case = session.exec(select(Case).where(Case.ref == ref).with_for_update()).first()
    if case is None:
        raise UnknownCase(ref)
    return case


def hold(session: Session, refs: Iterable[str], token: str, lasts: timedelta) -> None:
    """Hold what is calm and free, before the transaction that reads it: over whom a process dies is known then.

    One case alone is held as ``take`` would, which counts its last crash. Raises UnknownCase.
    """
    wanted = list(refs)
    calm = select(Case.id).where(col(Case.ref).in_(wanted), col(Case.lease).is_(None), col(Case.stumbles) == 0)
    locked = calm.order_by(col(Case.id)).with_for_update(skip_locked=True)
    mine = update(Case).where(col(Case.id).in_(locked)).values(lease=token, lease_until=wall() + lasts)
    done = session.connection().execute(mine)
    if len(wanted) == 1 and not done.rowcount:
        take(session, wanted[0], token, lasts)


def take(session: Session, ref: str, token: str, lasts: timedelta) -> Case | None:
    """Lock the case and hold it under a token; None while another run holds it."""
    case = lock(session, ref)
    return case if taken(case, token, lasts) else None


def taken(case: Case, token: str, lasts: timedelta) -> bool:
    """Hold a locked case under a token; False while another run holds it, or when it has crashed too often."""
    if case.lease not in (None, token):
        if case.lease_until and case.lease_until > wall():
            return False
        stumble(case)
    if case.stumbles >= MOST_STUMBLES:
        return False
    case.lease, case.lease_until = token, wall() + lasts
    return True


def take_many(session: Session, refs: Iterable[str], token: str, lasts: timedelta) -> list[Case]:
    """Those of many cases that nobody else holds or has locked, locked in one order and held under a token.

    Of several none that is shaky: when their process dies, nobody could say which of them it was.
    """
    wanted = list(refs)
    query = select(Case).where(col(Case.ref).in_(wanted)).order_by(col(Case.id))
    cases = session.exec(query.with_for_update(skip_locked=True)).all()
    if len(wanted) > 1:
        cases = [case for case in cases if not case.stumbles and case.lease in (None, token)]
    return [case for case in cases if taken(case, token, lasts)]


def lock_many(session: Session, refs: Iterable[str]) -> dict[str, Case]:
    """Many cases, each locked until the transaction ends, always in the same order."""
    query = select(Case).where(col(Case.ref).in_(list(refs))).order_by(col(Case.id)).with_for_update()
    return {case.ref: case for case in session.exec(query)}


def is_held(case: Case, token: str) -> bool:
    """Whether a locked case is still ours."""
    return case.lease == token and case.lease_until is not None and case.lease_until > wall()


def held(session: Session, ref: str, token: str, lasts: timedelta | None = None) -> Case:
    """Lock a case that we hold, and hold it on for as long as said.

    Raises NotOurs when the lease is another's by now, or has lapsed.
    """
    case = lock(session, ref)
    if not is_held(case, token):
        raise NotOurs(ref)
    if lasts:
        case.lease_until = wall() + lasts
    return case


def let_go(case: Case) -> None:
    """Give the case back."""
    case.lease = case.lease_until = None


def at_rest(case: Case) -> None:
    """Give back a case with which all went well: earlier crashes count no longer."""
    let_go(case)
    case.stumbles = 0


def shaky(session: Session, refs: Iterable[str]) -> set[str]:
    """Those that crashed since they last came to rest, or that somebody holds: each is pushed alone."""
    query = select(Case.ref).where(col(Case.ref).in_(list(refs)))
    return set(session.exec(query.where(or_(col(Case.stumbles) > 0, col(Case.lease).is_not(None)))))


def let_go_on(case: Case) -> None:
    """A case that was stopped is pushed again; as often as before, should it crash again."""
    case.stumbles, case.stopped_at = 0, None


def stumble(case: Case) -> None:
    """Its run is gone without a word: count it, and give the case back."""
    let_go(case)
    case.stumbles += 1


def free(database: Database, process: str, longest_call: timedelta) -> list[str]:
    """Give back what a process held that is dead for certain. Gives the references.

    They are looked for without a lock, so that nobody waits; an index would cost each push more than it saves here.
    """
    its = col(Case.lease).startswith(f"{process}.")
    with database.reading() as session:
        found = session.exec(select(Case.id).where(its)).all()
    if not found:
        return []
    with database.unit_of_work() as session:
        query = select(Case).where(col(Case.id).in_(found), its).order_by(col(Case.id))
        cases = session.exec(query.with_for_update()).all()
        free_all(session, cases, longest_call)
        return [case.ref for case in cases]


def free_all(session: Session, cases: Sequence[Case], longest_call: timedelta) -> None:
    """A call that was under way may still be with the partner: such a case waits as long as a call lasts."""
    sent = select(Effect.case_id).where(col(Effect.case_id).in_([case.id for case in cases]))
    calling = set(session.exec(sent.where(Effect.state == EffectState.SENT)).all())
    until = wall() + longest_call
    for case in cases:
        if case.id not in calling:
            stumble(case)
        elif case.lease_until is None or case.lease_until > until:
            case.lease_until = until
