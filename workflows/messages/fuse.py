"""The fuse: more messages in an hour than an office sends is a mistake, so nothing leaves until a supervisor agrees.

How many are too many is a rule (``fuse_messages`` in ``fuse_window``, ``pathways/…/messages.toml``). Codes that
somebody asks for are neither counted nor held: they have a limit of their own.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from models.case import Case
from models.effect import Effect, EffectState
from models.event import append
from models.glass import Alert
from models.message import Message, MessageFuse
from models.staff import Staff
from models.stage import Role
from workflows.commands import NotAllowed
from workflows.facts import Facts
from workflows.house import House
from workflows.patience import HELD

CHAIN, BY = "MESSAGES", "sila"
ALERT, LOOK_WITHIN = "messages_held", timedelta(hours=1)
LOOK_AGAIN, SPREAD = timedelta(minutes=15), timedelta(minutes=10)
CODE = "code"


def live(session: Session) -> MessageFuse | None:
    """The fuse that holds messages now."""
    return session.exec(select(MessageFuse).where(col(MessageFuse.released_at).is_(None))).first()


def counted_since(session: Session, facts: Facts) -> datetime:
    """From when messages count: the window, but not before the last release."""
    released = session.exec(select(func.max(MessageFuse.released_at))).one()
    begins = facts.now - facts.rules.time("fuse_window")
    return max(begins, released) if released else begins


def held(session: Session, facts: Facts) -> bool:
    """Whether nothing may leave now. The message that would be one too many blows the fuse and stays."""
    if live(session):
        return True
    since, most = counted_since(session, facts), int(facts.rules.number("fuse_messages"))
    sent = select(func.count()).select_from(Message).where(col(Message.sent_at) > since, Message.kind != CODE)
    counted = session.exec(sent).one()
    if counted < most:
        return False
    blow(session, counted, most, facts.now)
    return True


def blow(session: Session, counted: int, most: int, now: datetime) -> None:
    """From now on nothing leaves; operations and supervisors are told."""
    row = MessageFuse(blown_at=now, counted=counted, most=most)
    session.add(row)
    session.add_all(
        Alert(at=now, kind=ALERT, about=row.id, case_ref="", role=role, until=now + LOOK_WITHIN)
        for role in (Role.OPERATIONS, Role.SUPERVISOR)
    )
    append(session, CHAIN, "messages.fuse_blown", BY, now, counted=counted, most=most)


def release(house: House, who: Staff) -> int:
    """Let messages leave again. Gives how many were held. Raises NotAllowed for anybody but a supervisor."""
    if not who.has(Role.SUPERVISOR):
        raise NotAllowed("role", "Only a supervisor may let held messages leave.")
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        rows = session.exec(select(MessageFuse).where(col(MessageFuse.released_at).is_(None)).with_for_update()).all()
        for row in rows:
            row.released_at, row.released_by = now, who.handle
            for alert in session.exec(select(Alert).where(Alert.kind == ALERT, Alert.about == row.id)):
                alert.done_at = alert.done_at or now
        if not rows:
            return 0
        append(session, CHAIN, "messages.fuse_released", who.handle, now)
        waiting = session.exec(waiting_query()).all()
        for effect in waiting:
            again(session, effect, now)
        return len(waiting)


def again(session: Session, effect: Effect, now: datetime) -> None:
    """What was held leaves within some minutes, not all of it at one instant (T16)."""
    effect.next_try_at = now + SPREAD * (int(effect.key[:8], 16) / 16**8)
    case = session.get_one(Case, effect.case_id)
    if case.closed_at is None:
        case.due_at = min(case.due_at or effect.next_try_at, effect.next_try_at)


def waiting_query() -> Any:
    """What the fuse holds, as rows of the ledger."""
    return select(Effect).where(Effect.state == EffectState.INTENDED, Effect.code == HELD)
