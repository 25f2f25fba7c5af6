"""What people changed in a case since somebody looked at it; what the house does by itself is left out."""

from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from models.event import Chain, Event

BY_PEOPLE = (
    "fact.", "case.", "person.", "family.", "shelter.", "withdrawn", "pathway.moved", "retrafficking", "sharing.ended",
)  # fmt: skip


def last_number(session: Session, ref: str) -> int:
    """The number of a case's last event."""
    chain = session.get(Chain, ref)
    return chain.length if chain else 0


def changes_since(session: Session, ref: str, number: int, most: int = 20) -> Sequence[Event]:
    """What people did after an event of that number, oldest first."""
    kinds = or_(*(col(Event.kind).startswith(kind) for kind in BY_PEOPLE))
    query = select(Event).where(Event.subject == ref, Event.number > number, kinds)
    return session.exec(query.order_by(col(Event.number)).limit(most)).all()
