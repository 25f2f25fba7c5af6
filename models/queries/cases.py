"""Reads of cases for doors: lists by key, time lines, notes of standings, open questions."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Exists, Select, Uuid, bindparam
from sqlmodel import Session, col, func, select

from models.case import Case
from models.event import Event
from models.queries.glass import LOCKED_AFTER
from models.queries.listing import Part, listed
from models.queries.ties import Anybody
from models.question import Question, StandingRow
from models.staff import Staff
from models.stage import Role, Stage

LIVE = ("Waiting", "Asking", "Doing")
LISTED = [
    getattr(Case, name)
    for name in ("id", "ref", "pathway", "pathway_version", "track", "journey", "country", "ver", "opened_at",
                 "closed_at", "outcome", "due_at", "episode", "suspended_at")
]  # fmt: skip
responsible = sa.func.coalesce(Case.owner, Case.opened_by)


def by_ref(session: Session, ref: str) -> Case | None:
    """The case of a reference."""
    return session.exec(select(Case).where(Case.ref == ref)).first()


def ref_of(session: Session, case_id: UUID | None) -> str | None:
    """The reference of a case."""
    return session.exec(select(Case.ref).where(Case.id == case_id)).first() if case_id else None


def next_of(session: Session, case_id: UUID) -> str | None:
    """The reference of the episode after a case."""
    return session.exec(select(Case.ref).where(Case.previous_id == case_id)).first()


def page(
    connection: Connection,
    who: Staff,
    now: datetime,
    *,
    after: UUID | None = None,
    most: int = 50,
    is_open: bool | None = None,
    stage: Stage | None = None,
    waits_for: str | None = None,
) -> Sequence[Any]:
    """A page of the cases that somebody may list, in the order of their making; ``after``: the id of the last seen.

    The rows are plain: what a list shows of a case, and whether it is in follow-up, as last noted.
    """
    query = page_of(tuple(who.roles), is_open, bool(stage), bool(waits_for), bool(after), most)
    said = {"handle": who.handle, "partner": who.partner or "", "now": now, "locked_since": now - LOCKED_AFTER}
    return connection.execute(query, said | {"stage": stage, "party": waits_for, "after": after}).all()


@lru_cache(maxsize=1000)
def page_of(
    roles: tuple[str, ...], is_open: bool | None, by_stage: bool, by_party: bool, goes_on: bool, most: int
) -> Select[Any]:  # fmt: skip
    """The query, put together once a process: that takes longer than asking it."""
    who, wanted = Anybody(roles, bindparam("handle"), bindparam("partner")), list[Any]()
    if is_open is not None:
        wanted.append(col(Case.closed_at).is_(None) if is_open else col(Case.closed_at).is_not(None))
    if by_stage or by_party:
        live = select(StandingRow.id).where(StandingRow.case_id == Case.id, col(StandingRow.kind).in_(LIVE))
        live = live.where(StandingRow.stage == bindparam("stage")) if by_stage else live
        live = live.where(StandingRow.on == bindparam("party")) if by_party else live
        wanted.append(live.correlate(Case).exists())
    part = Part(most, bindparam("after", type_=Uuid()) if goes_on else None)
    query: Any = listed(
        who, bindparam("now"), wanted, part, closed=is_open is False, locked_since=bindparam("locked_since")
    )
    return query.with_only_columns(*LISTED, responsible.label("responsible"), followed().label("followed"))  # type: ignore[no-any-return]


def followed() -> Exists:
    """Whether a case is in follow-up."""
    follow_up = col(StandingRow.stage) == Stage.FOLLOW_UP
    return sa.exists().where(col(StandingRow.case_id) == Case.id, follow_up, col(StandingRow.kind).in_(LIVE))


def notes(session: Session, case_id: UUID) -> dict[Stage, StandingRow]:
    """Since when each stage stands as it does."""
    rows = session.exec(select(StandingRow).where(StandingRow.case_id == case_id)).all()
    return {row.stage: row for row in rows}


def timeline(session: Session, ref: str, after: int = 0, most: int = 200) -> Sequence[Any]:
    """The events of a case in order, from a number on. The rows are plain."""
    return session.connection().execute(events_of(most), {"ref": ref, "after": after}).all()


@lru_cache
def events_of(most: int) -> Select[Any]:
    """The query, put together once a process."""
    query = sa.select(col(Event.number), col(Event.at), col(Event.by), col(Event.kind), col(Event.said))
    query = query.where(col(Event.subject) == bindparam("ref"), col(Event.number) > bindparam("after"))
    return query.order_by(col(Event.number)).limit(most)


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
