"""Reads of cases for doors: lists by key, time lines, notes of standings, open questions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.case import Case
from models.event import Event
from models.queries.listing import Part, listed
from models.question import Question, StandingRow
from models.staff import Staff
from models.stage import Role, Stage


def by_ref(session: Session, ref: str) -> Case | None:
    """The case of a reference."""
    return session.exec(select(Case).where(Case.ref == ref)).first()


def ref_of(session: Session, case_id: UUID | None) -> str | None:
    """The reference of a case."""
    return session.exec(select(Case.ref).where(Case.id == case_id)).first() if case_id else None


def next_of(session: Session, case_id: UUID) -> str | None:
    """The reference of the episode after a case."""
    return session.exec(select(Case.ref).where(Case.previous_id == case_id)).first()


def in_follow_up(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these cases are in follow-up, as last noted."""
    live = ("Waiting", "Asking", "Doing")
    query = select(StandingRow.case_id).where(col(StandingRow.case_id).in_(ids), StandingRow.stage == Stage.FOLLOW_UP)
    return set(session.exec(query.where(col(StandingRow.kind).in_(live))).all())


def page(
    session: Session,
    who: Staff,
    now: datetime,
    *,
    after: UUID | None = None,
    most: int = 50,
    is_open: bool | None = None,
    stage: Stage | None = None,
    waits_for: str | None = None,
) -> Sequence[Case]:
    """A page of the cases that somebody may list, in the order of their making; ``after``: the id of the last seen."""
    wanted: list[Any] = []
    if is_open is not None:
        wanted.append(col(Case.closed_at).is_(None) if is_open else col(Case.closed_at).is_not(None))
    if stage or waits_for:
        notes = select(StandingRow.case_id).where(col(StandingRow.kind).in_(["Waiting", "Asking", "Doing"]))
        notes = notes.where(StandingRow.stage == stage) if stage else notes
        notes = notes.where(StandingRow.on == waits_for) if waits_for else notes
        wanted.append(col(Case.id).in_(notes))
    return session.exec(listed(who, now, wanted, Part(most, after), closed=is_open is False)).all()


def notes(session: Session, case_id: UUID) -> dict[Stage, StandingRow]:
    """Since when each stage stands as it does."""
    rows = session.exec(select(StandingRow).where(StandingRow.case_id == case_id)).all()
    return {row.stage: row for row in rows}


def timeline(session: Session, ref: str, after: int = 0, most: int = 200) -> Sequence[Event]:
    """The events of a case in order, from a number on."""
    query = select(Event).where(Event.subject == ref, Event.number > after)
    return session.exec(query.order_by(col(Event.number)).limit(most)).all()


def open_questions(
    session: Session, role: Role | None = None, after: UUID | None = None, most: int = 100,
    among: ColumnElement[bool] | None = None,
) -> Sequence[tuple[Question, str]]:  # fmt: skip
    """Open questions with the reference of their case; only of cases for which ``among`` holds (``visible_to``)."""
    query = select(Question, Case.ref).join(Case, col(Case.id) == Question.case_id)
    query = query.where(
        col(Question.answered_at).is_(None), col(Question.voided_at).is_(None), col(Question.paused_at).is_(None)
    )
    query = query.where(Question.role == role) if role else query
    query = query.where(among) if among is not None else query
    query = query.where(col(Question.id) > after) if after else query
    return session.exec(query.order_by(col(Question.id)).limit(most)).all()


def next_due(session: Session) -> datetime | None:
    """The earliest instant at which an open case is due."""
    return session.exec(select(func.min(Case.due_at)).where(col(Case.closed_at).is_(None))).first()
