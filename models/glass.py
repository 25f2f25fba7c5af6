"""Break-glass and the record of reading: who opened a case that is not theirs, and who read what of class 3.

None of these rows is of a case in the sense of ``models.case.Belonging``: reading changes no case and wakes none.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, Index

from models.base import Record, instant, plain, sealed, word
from models.stage import Role


class GlassBreak(Record, table=True):
    """Somebody read a case without a relation to it: why, until when, and what a second person said of it (C4)."""

    __tablename__ = "glass_breaks"
    __table_args__ = (Index("ix_glass_breaks_handle_ends_at", "handle", "ends_at"),)

    at: datetime = instant()
    handle: str = plain(max_length=60)
    case_ref: str = plain(max_length=20, index=True)
    category: str = plain(max_length=30)
    ends_at: datetime = instant()
    reason: bytes | None = sealed(3)
    reviewed_at: datetime | None = instant(None)
    reviewed_by: str | None = plain(None, max_length=60)
    justified: bool | None = plain(None)
    review: bytes | None = sealed(3)

    @property
    def key_owner(self) -> UUID:
        """Itself: the reason may name anybody."""
        return self.id


class Alert(Record, table=True):
    """Something that somebody must look at by ``until``: one person (``handle``), or everybody in a role."""

    __tablename__ = "alerts"

    at: datetime = instant()
    kind: str = plain(max_length=40)
    about: UUID = plain(index=True)
    case_ref: str = plain(max_length=20)
    role: Role = word(Role)
    handle: str | None = plain(None, max_length=60)
    until: datetime = instant()
    done_at: datetime | None = instant(None)


class ClassThreeRead(Record, table=True):
    """Class 3 of one case was shown to somebody. It is committed before they see it (S12)."""

    __tablename__ = "class_three_reads"
    __table_args__ = (Index("ix_class_three_reads_by_at", "by", "at"),)

    at: datetime = instant()
    by: str = plain(max_length=60)
    role: str | None = plain(None, max_length=40)
    relation: str | None = plain(None, max_length=20)
    partner: str | None = plain(None, max_length=40)
    case_ref: str = plain(max_length=20, index=True)
    person_id: UUID | None = plain(None, index=True)
    fields: list[str] = plain(sa_type=JSON)
