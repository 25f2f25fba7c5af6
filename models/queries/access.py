"""Who is tied to which case: asked anew each time, so that whoever hands a case on is refused at once (C3)."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Uuid, bindparam, false, literal, true, union_all
from sqlmodel import Session, col, or_, select

from models.access import Act, Field, Tie, may
from models.case import Case, UnknownCase
from models.queries.glass import LOCKED_AFTER
from models.queries.ties import Anybody, of, tied, ways
from models.staff import Staff

NOBODYS = Case(id=UUID(int=0))  # no row has this id


class Denied(Exception):
    """Somebody may know of the case, and may not do this."""


def relations_of(session: Session, who: Staff, case: Case, now: datetime) -> frozenset[Tie]:
    """What ties somebody to a case at this instant, in each of their roles."""
    ties, query = tied_in(tuple(who.roles)) if who.active else ((), None)
    if query is None:
        return frozenset()
    said = {"handle": who.handle, "partner": who.partner or "", "case_id": case.id}
    said |= {"now": now, "locked_since": now - LOCKED_AFTER}
    return frozenset(ties[number] for (number,) in session.connection().execute(query, said))


@cache
def tied_in(roles: tuple[str, ...]) -> tuple[tuple[Tie, ...], CompoundSelect[Any] | None]:
    """What can tie somebody of some roles to a case, and the query that tells which does, by its number.

    It is put together once a process: that takes longer than asking it.
    """
    anybody = Anybody(roles, bindparam("handle"), bindparam("partner"))
    found, case_id = (
        list(ways(anybody, bindparam("now"), bindparam("locked_since"))),
        bindparam("case_id", type_=Uuid()),
    )
    queries = [
        select(literal(number)).where(case_id.in_(way.cases.where(of(way.cases) == case_id)))
        for number, way in enumerate(found)
    ]
    return tuple(way.tie for way in found), union_all(*queries) if queries else None


def visible_to(who: Staff, now: datetime, act: Act = Act.LIST) -> ColumnElement[bool]:
    """The condition that leaves of a query on ``Case`` what somebody may list (or search)."""
    if may(who, act):
        return true()
    allowed = [way for way in ways(who, now) if may(who, act, [way.tie])]
    narrow = [way.cases for way in allowed if not way.wide]
    wide = [way.cases.whereclause for way in allowed if way.wide and way.cases.whereclause is not None]
    among = [col(Case.id).in_(union_all(*narrow))] if narrow else []
    return or_(false(), *among, *wide)


def sees(
    who: Staff | Anybody, now: Any, case: Any, act: Act = Act.LIST, field_class: int = 1, locked_since: Any = None
) -> ColumnElement[bool]:  # fmt: skip
    """The same of an alias of ``Case``, asked of each case by itself: where few are looked at, or most of them pass."""
    if may(who, act, (), field_class):
        return true()
    found = [way for way in ways(who, now, locked_since, case) if may(who, act, [way.tie], field_class)]
    return tied(sorted(found, key=lambda way: not way.wide), case)


def must(
    session: Session, who: Staff, act: Act, case: Case | None, now: datetime, field_class: int = 1,
    field: Field | None = None,
) -> frozenset[Tie]:  # fmt: skip
    """Let somebody do this, and say what ties them to the case.

    Raises UnknownCase where they may not even know of it, as for one that does not exist; Denied where they may.
    """
    if case is None:
        raise UnknownCase
    ties = relations_of(session, who, case, now)
    if may(who, act, ties, field_class, field):
        return ties
    raise Denied if may(who, Act.SEE, ties) else UnknownCase


def must_ref(
    session: Session, who: Staff, act: Act, ref: str, now: datetime, field_class: int = 1, field: Field | None = None
) -> Case:
    """The case of a reference, for somebody who may do this to it. Raises UnknownCase or Denied.

    A reference that nobody has is looked into like any other, so that both answers take the same time.
    """
    case = session.exec(select(Case).where(Case.ref == ref)).first()
    return must_case(session, who, act, case, now, field_class, field)


def must_case(
    session: Session, who: Staff, act: Act, case: Case | None, now: datetime, field_class: int = 1,
    field: Field | None = None,
) -> Case:  # fmt: skip
    """The same of a case that was looked for already. Raises UnknownCase or Denied."""
    if case is None:
        relations_of(session, who, NOBODYS, now)
        raise UnknownCase
    must(session, who, act, case, now, field_class, field)
    return case
