"""Deadlines as they were and are: who had to act until when, and what became of it. Fed by decisions, read by nobody

who decides: a limit that was kept, missed or no longer mattered stays on record.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Index, Table, text

from models.base import instant, plain, word
from models.case import OfJourney
from models.stage import Stage

RUNS, MISSED = text("met_at IS NULL AND voided_at IS NULL"), text("overdue_at IS NOT NULL")
LATE = text("overdue_at IS NOT NULL AND met_at IS NULL AND voided_at IS NULL")


class Sort(StrEnum):
    """What has the limit."""

    WAIT = "wait"
    QUESTION = "question"
    DUTY = "duty"


class Deadline(OfJourney, table=True):
    """One limit of one owner.

    ``owner`` had it first and answers for it when it was missed; ``escalations`` are ``[role, instant]`` since.
    It runs until it was met or is void; a missed one runs on with whoever has it then.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_running", "until", "case_id", sqlite_where=RUNS, postgresql_where=RUNS),
        Index("ix_deadlines_missed", "owner", "met_at", "voided_at", sqlite_where=MISSED, postgresql_where=MISSED),
        Index("ix_deadlines_late", "id", "case_id", sqlite_where=LATE, postgresql_where=LATE),
    )

    stage: Stage = word(Stage)
    sort: Sort = word(Sort)
    kind: str = plain(max_length=60)
    subject: str = plain("", max_length=60)
    owner: str = plain(max_length=40, index=True)
    since: datetime = instant()
    until: datetime = instant(index=True)
    then: str = plain(max_length=60)
    remind_at: datetime | None = instant(None)
    reminded_at: datetime | None = instant(None)
    paused_at: datetime | None = instant(None)
    overdue_at: datetime | None = instant(None)
    met_at: datetime | None = instant(None)
    voided_at: datetime | None = instant(None)
    escalations: list[list[str]] = plain(default_factory=list, sa_type=JSON)
    question_id: UUID | None = plain(None)

    @staticmethod
    def still(table: Table) -> ColumnElement[bool]:
        """Those that run: a case has dozens that have ended, and no decision looks at them (``models.reading``)."""
        return table.c.met_at.is_(None) & table.c.voided_at.is_(None)

    @property
    def holder(self) -> str:
        """Who has it now."""
        return held_by(self.owner, self.escalations)


def held_by(owner: str, escalations: Sequence[Sequence[str]]) -> str:
    """Who has a deadline now: whoever it went up to last."""
    return escalations[-1][0] if escalations else owner
