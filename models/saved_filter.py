"""Lists of cases that somebody wants to find again: the filters themselves, which name nobody."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from models.base import Record, instant, plain


class SavedFilter(Record, table=True):
    """One list of one member of staff, as the address says it: ``stage=health&overdue=yes``."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("handle", "filters"),)

    at: datetime = instant()
    handle: str = plain(max_length=60, index=True)
    filters: str = plain(max_length=300)
