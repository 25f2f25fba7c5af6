"""What became of messages: for the page of a case, and for operations, without a word of what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, true
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from models.case import Case
from models.effect import Effect, EffectState
from models.message import IN_VAIN, Message, MessageFuse, MessageState, Reply

MOST = 50
Among = ColumnElement[bool]  # which cases a reader may list: ``models.queries.access.visible_to``
EVERY = true()


@dataclass(frozen=True)
class Told:
    """One message as staff see it. ``state`` is ``unknown`` where we never had the provider's answer."""

    id: UUID
    ref: str
    kind: str
    recipient: str
    channel: str
    state: str
    at: datetime
    changed_at: datetime
    next_try_at: datetime | None
    code: str | None
    told_at: datetime | None


def messages_of(session: Session, case_id: UUID, most: int = MOST) -> list[Told]:
    """The messages of a case, the newest first."""
    query = rows().where(Message.case_id == case_id).order_by(col(Message.at).desc(), col(Message.id).desc())
    return [told(*row) for row in session.exec(query.limit(most)).all()]


def replies_of(session: Session, case_id: UUID, most: int = MOST) -> Sequence[Reply]:
    """What came back in a case, the newest first. Its text is of class 3: ``workflows.replies.read_reply`` shows it."""
    query = select(Reply).where(Reply.case_id == case_id).order_by(col(Reply.at).desc(), col(Reply.id).desc())
    return session.exec(query.limit(most)).all()


def in_vain(session: Session, since: datetime, most: int = MOST, among: Among = EVERY) -> list[Told]:
    """Messages that failed or were not delivered since an instant, the newest first."""
    query = rows().where(among, col(Message.state).in_(IN_VAIN), col(Message.changed_at) >= since)
    return [told(*row) for row in session.exec(query.order_by(col(Message.changed_at).desc()).limit(most)).all()]


def waiting(session: Session, most: int = MOST, among: Among = EVERY) -> list[Told]:
    """Messages that have not left yet or whose hand-over is not known to have worked, the oldest first."""
    ours = (MessageState.WAITING, MessageState.HANDING_OVER)
    live = (EffectState.INTENDED, EffectState.SENT, EffectState.UNKNOWN)
    query = rows().where(among, col(Message.state).in_(ours), col(Effect.state).in_(live))
    return [told(*row) for row in session.exec(query.order_by(col(Message.at)).limit(most)).all()]


def counts(session: Session, since: datetime) -> dict[str, int]:
    """How many messages stand how, of those written down since an instant."""
    query = select(Message.state, func.count()).where(col(Message.at) >= since).group_by(col(Message.state))
    return {str(state): count for state, count in session.exec(query).all()}


def unread_replies(session: Session, most: int = MOST, among: Among = EVERY) -> Sequence[tuple[Reply, str]]:
    """Replies that somebody must read, with the reference of their case, the oldest first."""
    query = select(Reply, Case.ref).join(Case, col(Case.id) == Reply.case_id)
    query = query.where(among, Reply.for_staff == True, col(Reply.read_at).is_(None))  # noqa: E712
    return session.exec(query.order_by(col(Reply.at)).limit(most)).all()


def fuse(session: Session) -> MessageFuse | None:
    """The fuse that holds all messages now; None while they leave."""
    return session.exec(select(MessageFuse).where(col(MessageFuse.released_at).is_(None))).first()


def rows() -> SelectOfScalar[Any]:
    """A message, its row in the ledger, and the reference of its case."""
    query = select(Message, Effect, Case.ref).join(Effect, col(Effect.id) == Message.effect_id)
    return cast("SelectOfScalar[Any]", query.join(Case, col(Case.id) == Message.case_id))


def told(row: Message, effect: Effect, ref: str) -> Told:
    """As staff see it."""
    ours = {EffectState.UNKNOWN: "unknown", EffectState.INTENDED: "waiting"}
    state = ours.get(effect.state) if row.state is MessageState.HANDING_OVER else None
    return Told(
        row.id, ref, row.kind, row.recipient, row.channel, state or row.state.value, row.at,
        row.changed_at, effect.next_try_at if effect.state is EffectState.INTENDED else None, row.code,
        row.told_at,
    )  # fmt: skip
