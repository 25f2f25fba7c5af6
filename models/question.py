"""Questions that a named role must answer, and where each stage stood when last looked at."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint, text

from models.base import Record, instant, plain, word
from models.case import OfJourney
from models.stage import Role, Stage

IS_OPEN = text("answered_at IS NULL AND voided_at IS NULL")


class Question(OfJourney, table=True):
    """Open until its fact is recorded (``answered_at``) or it is no longer asked (``voided_at``).

    While the case is suspended its time stands still: ``paused_at``, and the seconds of earlier pauses.
    """

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_role_open", "role", "case_id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_questions_answered_at", "answered_at"),
    )

    stage: Stage = word(Stage)
    kind: str = plain(max_length=40)
    subject: str = plain("", max_length=60)
    role: Role = word(Role)
    until: datetime = instant()
    answered_at: datetime | None = instant(None)
    answered_by: str | None = plain(None, max_length=60)
    voided_at: datetime | None = instant(None)
    paused_at: datetime | None = instant(None)
    paused_seconds: int = plain(0)

    def asked_since(self, now: datetime) -> datetime:
        """When it would have been asked had its time never stood still."""
        standing = now - self.paused_at if self.paused_at else timedelta()
        return self.at + timedelta(seconds=self.paused_seconds) + standing


class StandingRow(Record, table=True):
    """A note of where a stage stood and since when: for lists and pages only. No gate ever reads it.

    ``why`` is its first reason; ``more`` what else the decision said, so that it can be explained in full.
    """

    __tablename__ = "standings"
    __table_args__ = (
        UniqueConstraint("case_id", "stage"),
        Index("ix_standings_on_until", "on", "until"),
        Index("ix_standings_on_stage", "on", "stage", "case_id"),
    )

    case_id: UUID = plain(foreign_key="cases.id")  # found by the constraint's own index
    stage: Stage = word(Stage)
    kind: str = plain(max_length=12)
    on: str | None = plain(None, max_length=30)
    why: dict[str, object] = plain(sa_type=JSON)
    more: dict[str, Any] = plain(default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"})
    since: datetime = instant()
    until: datetime | None = instant(None)
