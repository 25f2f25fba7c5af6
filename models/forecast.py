"""Limits that the nightly check saw to break if nobody acts. A note for lists: no gate ever reads it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON

from models.base import Record, instant, plain, word
from models.stage import Stage


class Predicted(Record, table=True):
    """One limit of one case: at which instant it breaks, and why, in a code with its values."""

    __tablename__ = "predicted"

    for_case: UUID = plain(foreign_key="cases.id", index=True)
    stage: Stage = word(Stage)
    at: datetime = instant(index=True)
    why: dict[str, object] = plain(sa_type=JSON)
    seen_at: datetime = instant()
