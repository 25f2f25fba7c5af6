"""Signs of life of what runs by the clock: the tick, the nightly check, the inbox."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Session, SQLModel

from models.base import instant, plain


class Pulse(SQLModel, table=True):
    """When something was last done, and how much it found; one row a name."""

    __tablename__ = "pulses"

    name: str = plain(primary_key=True, max_length=40)
    at: datetime = instant()
    said: dict[str, int] = plain(default_factory=dict, sa_type=JSON)


def beat(session: Session, name: str, now: datetime, **said: int) -> None:
    """Note that it was done."""
    row = session.get(Pulse, name) or Pulse(name=name, at=now)
    row.at, row.said = now, said
    session.add(row)
