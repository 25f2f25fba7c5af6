"""A page of the cases that somebody may list, in the order of their ids: of each tie no more than a page holds.

Somebody may be tied to thousands of cases: to find all of them takes longer than to look through the newest.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, literal_column, or_, union_all
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.access import Act, may
from models.case import Case
from models.queries.ties import Anybody, Ids, Way, of, ways
from models.staff import Staff

UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)  # for whom nothing is asked of the database


class Part(NamedTuple):
    """What part of a list is asked for: how many, from which case on, the newest or the oldest of them first."""

    most: int
    after: Any = None
    newest: bool = False

    def of(self, query: Any, id_: Any) -> Any:
        """That part of a query."""
        if self.after is not None:
            query = query.where(id_ < self.after if self.newest else id_ > self.after)
        # The number is part of the text, so that whoever plans the query knows how few are wanted.
        return query.order_by(id_.desc() if self.newest else id_).limit(literal_column(str(self.most)))


def listed(
    who: Staff | Anybody, now: Any, wanted: Sequence[Any], part: Part, *, closed: bool = False, locked_since: Any = None
) -> SelectOfScalar[Case]:
    """Cases that somebody may list and that are as wanted. ``closed``: none of them is open."""
    query = select(Case)
    if may(who, Act.LIST):
        return part.of(query.where(*wanted), col(Case.id))  # type: ignore[no-any-return]
    allowed = [
        way for way in ways(who, now, locked_since) if may(who, Act.LIST, [way.tie]) and not (closed and way.open_only)
    ]
    found = [part.of(one, of(one)).subquery() for one in looks(allowed, wanted)]
    if not found:
        return query.where(False)
    return part.of(query.where(col(Case.id).in_(union_all(*(select(*one.c) for one in found)))), col(Case.id))  # type: ignore[no-any-return]


@cache
def walks(roles: tuple[str, ...]) -> bool:
    """Whether a list of somebody of these roles is a walk through all cases: how to walk depends on what is wanted."""
    who, now = Anybody(roles, "", ""), UNKNOWN
    return may(who, Act.LIST) or any(told_by_case(way) is not None for way in ways(who, now))


def looks(allowed: Sequence[Way], wanted: Sequence[Any]) -> Iterator[Ids]:
    """Each way by itself; those that most cases may come by, in one walk through all cases."""
    each = [one for way in allowed if (one := told_by_case(way)) is not None]
    if each:
        yield select(Case.id).where(or_(*each), *wanted)
    for way in allowed:
        if told_by_case(way) is None:
            yield with_case(way.cases).where(*wanted)


def told_by_case(way: Way) -> ColumnElement[bool] | None:
    """The condition by which a case tells by itself, where most may be among them."""
    return way.cases.whereclause if way.wide else way.each


def with_case(cases: Ids) -> Ids:
    """The same query, with the case itself beside the id; each case once."""
    names = {getattr(table, "name", "") for one in cases.get_final_froms() for table in one._from_objects}
    joined = cases if Case.__tablename__ in names else cases.join(Case, col(Case.id) == of(cases))
    return cases if names == {Case.__tablename__} else joined.distinct()
