"""What a status is told from in one query: the case with its file and its notes, if somebody's key lets them see it.

It is put together for the roles that the key had when it was last seen, and brings nothing when anything is otherwise
by now: whoever asks then looks step by step, and is told why they may not or what has changed.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.access import Act, Relation, Tie, may
from models.case import Case
from models.glass import GlassBreak
from models.queries.glass import LOCKED_AFTER
from models.queries.status import Seen, beside
from models.queries.ties import Anybody, tied, ways
from models.question import StandingRow
from models.staff import ApiKey, Staff
from models.stage import Role, Stage

LISTED = ("id", "ref", "pathway", "pathway_version", "track", "journey", "country", "ver", "opened_at", "closed_at",
          "outcome", "due_at", "episode", "suspended_at", "noted_ver", "noted", "lease")  # fmt: skip
# Ties that are rare, or take long to look for: whoever has no other looks step by step.
LONG_WAYS = {Tie(Role.COUNSELLOR, Relation.ASKED), *(Tie(role, Relation.BROKEN_GLASS) for role in Role)}
NOTE = ("stage", "kind", "on", "why", "more", "since", "until")


class Note(NamedTuple):
    """Where a stage stood: what ``models.question.StandingRow`` says of it."""

    stage: Stage
    kind: str
    on: str | None
    why: dict[str, object]
    more: dict[str, Any]
    since: datetime
    until: datetime | None


def glance(
    connection: Connection, who: Anybody, act: Act, sha256: str, ref: str, now: datetime
) -> tuple[Seen, Sequence[Note]] | None:  # fmt: skip
    """The case at rest that somebody may see with their key, and the notes of its stages; None where that is not so."""
    said = {"sha256": sha256, "ref": ref, "handle": who.handle, "partner": who.partner or ""}
    said |= {"now": now, "locked_since": now - LOCKED_AFTER}
    row = connection.execute(query(tuple(who.roles), act, connection.dialect.name), said).first()
    if row is None or row.roles != list(who.roles):
        return None
    case: Any = row
    found = Seen(case, row.previous, row.next, row.kept_as, row.erase_on, row.held, turning=False)
    return found, notes(row.notes or "[]")


def notes(said: str) -> Sequence[Note]:
    """The notes as rows."""
    return [
        Note(Stage(stage), kind, on, why, more, instant(since), until and instant(until))
        for stage, kind, on, why, more, since, until in json.loads(said)
    ]


def instant(said: str) -> datetime:
    """As a database writes it: SQLite without a zone."""
    found = datetime.fromisoformat(said)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


@cache
def query(roles: tuple[str, ...], act: Act, dialect: str) -> Select[Any]:
    """Put together once a process for each set of roles."""
    case: Any = aliased(Case, name="of")  # the ties ask of ``cases``
    columns = [getattr(case, name).label(name) for name in LISTED]
    columns.append(func.coalesce(case.owner, case.opened_by).label("responsible"))
    turning, *file = beside(case)
    asked: Select[Any] = sa.select(col(Staff.roles), *columns, *file, noted(case, dialect).label("notes"))
    asked = asked.join(ApiKey, col(ApiKey.staff_handle) == Staff.handle).join(case, case.ref == bindparam("ref"))
    return asked.where(
        *is_theirs(), allowed(roles, act, case), case.lease.is_(None), case.noted_ver == case.ver, ~turning
    )


def is_theirs() -> list[ColumnElement[bool]]:
    """The key lives, and is that of the one whom the query is asked for, who is not shut out."""
    late = sa.exists().where(
        col(GlassBreak.handle) == Staff.handle, col(GlassBreak.reviewed_at).is_(None),
        col(GlassBreak.at) <= bindparam("locked_since"),
    )  # fmt: skip
    said = func.coalesce(Staff.partner, "") == bindparam("partner")
    live = col(ApiKey.revoked_at).is_(None) & col(Staff.active)
    return [col(ApiKey.sha256) == bindparam("sha256"), col(Staff.handle) == bindparam("handle"), said, live, ~late]


def allowed(roles: tuple[str, ...], act: Act, case: Any) -> ColumnElement[bool]:
    """Whether a tie to the case, or the roles alone, let somebody of these roles do this."""
    who = Anybody(roles, bindparam("handle"), bindparam("partner"))
    if may(who, act):
        return true()
    every = ways(who, bindparam("now"), bindparam("locked_since"), case)
    found = (way for way in every if way.tie not in LONG_WAYS and may(who, act, [way.tie]))
    return tied(found, case)


def noted(case: Any, dialect: str) -> Any:
    """The notes of a case as one text."""
    table = StandingRow.__table__.c  # type: ignore[attr-defined]
    columns = [table[name] for name in NOTE]
    if dialect == "sqlite":
        row = func.json_array(*(func.json(one) if one.key in ("why", "more") else one for one in columns))
        rows: Any = func.json_group_array(func.json(row))
    else:
        rows = sa.cast(func.json_agg(func.json_build_array(*columns)), sa.Text)
    return sa.select(rows).where(table.case_id == case.id).scalar_subquery()
