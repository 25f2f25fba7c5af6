"""Reads the rows of a case as the database has them, outside of any session, so that they can be kept and shared."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Table, bindparam, literal, select, true, union_all
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, SQLModel

T = TypeVar("T")
PRESENT = "present"


def read(session: Session, case_id: UUID, kind: type[T]) -> tuple[T, ...]:
    """All rows of a kind, oldest first."""
    return tuple(frozen(kind, row) for row in session.connection().execute(query_of(kind), {"case": case_id}))  # type: ignore[arg-type]


def read_again(
    session: Session, case_id: UUID, kind: type[T], known: tuple[T, ...], written: frozenset[UUID]
) -> tuple[T, ...]:
    """What is known, with the rows that were written since as the database has them: new, changed or gone."""
    found = session.connection().execute(query_of(kind, some=True), {"case": case_id, "ids": list(written)})  # type: ignore[arg-type]
    kept: list[Any] = [row for row in known if row.id not in written]  # type: ignore[attr-defined]
    kept += [frozen(kind, row) for row in found]
    return in_order(kind, kept)


Found = dict[UUID, list[Any]]


def read_many(session: Session, case_ids: Collection[UUID], among: Collection[Any]) -> dict[type[Any], Found]:
    """All rows of some kinds of many cases, by case, oldest first: one look at what there is, and a query a kind."""
    connection, ids = session.connection(), {"cases": list(case_ids)}
    there = {name for (name,) in connection.execute(presence(many=True), ids)}
    return {
        kind: by_case(kind, connection.execute(query_of_many(kind), ids))
        for kind in among
        if kind.__tablename__ in there
    }


def read_some(session: Session, kind: Any, ids: Collection[UUID]) -> Found:
    """Some rows of a kind by their ids, by case, oldest first."""
    return by_case(kind, session.connection().execute(query_of_many(kind, some=True), {"ids": list(ids)}))


def by_case(kind: Any, rows: Iterable[Any]) -> Found:
    """Rows as they are kept, each with those of its case."""
    found: Found = defaultdict(list)
    for row in rows:
        made: Any = frozen(kind, row)
        found[made.case_id].append(made)
    return found


def in_order(kind: Any, rows: Iterable[Any]) -> tuple[Any, ...]:
    """Oldest first."""
    dated = "at" in names_of(kind)
    return tuple(sorted(rows, key=lambda row: (row.at, row.id) if dated else (row.id,)))


def is_absent(session: Session, case_id: UUID, kind: type[Any]) -> bool:
    """Whether a case has no row of a kind: one look at all kinds, since a case has rows of few. It is as old as the

    first look of this session, so it is for cases that nobody changes meanwhile.
    """
    looked: dict[UUID, frozenset[type[Any]]] = session.info.setdefault(PRESENT, {})
    if case_id not in looked:
        there = {name for (name,) in session.connection().execute(presence(), {"case": case_id})}
        looked[case_id] = frozenset(one for one in kinds() if one.__tablename__ not in there)
    return kind in looked[case_id]


def every_row(session: Session, kind: type[T]) -> tuple[T, ...]:
    """All rows of a small table, oldest first where they are dated."""
    return tuple(frozen(kind, row) for row in session.connection().execute(query_of_all(kind)))  # type: ignore[arg-type]


@cache
def query_of_all(kind: Any) -> Executable:
    """All columns of all rows."""
    table = kind.__table__
    return select(table).order_by(*((table.c.at,) if "at" in table.c else ()), *table.primary_key.columns)


@cache
def kinds() -> tuple[Any, ...]:
    """Everything that has rows of cases. A kind that nobody has imported yet is not known to be absent."""
    mapped = (mapper.class_ for mapper in SQLModel._sa_registry.mappers)
    return tuple(sorted((one for one in mapped if "case_id" in one.__table__.c), key=lambda one: one.__tablename__))


@cache
def presence(*, many: bool = False) -> Executable:
    """Which kinds a case has rows of, or some of many cases."""
    tables = [kind.__table__ for kind in kinds()]
    return union_all(*(
        select(literal(table.name)).where(select(table.c.case_id).where(of_cases(table, many=many)).exists())
        for table in tables
    ))  # fmt: skip


def of_cases(table: Table, *, many: bool) -> ColumnElement[bool]:
    """The rows of one case, or of many."""
    if many:
        return table.c.case_id.in_(bindparam("cases", expanding=True))
    return table.c.case_id == bindparam("case")


@cache
def query_of(kind: Any, *, some: bool = False) -> Executable:
    """All columns of the rows of a case, oldest first; or of some of them only, by their ids."""
    table = kind.__table__
    order = (table.c.at, table.c.id) if "at" in table.c else (table.c.id,)
    query = select(table).where(of_cases(table, many=False), still(kind)).order_by(*order)
    return query.where(table.c.id.in_(bindparam("ids", expanding=True))) if some else query


@cache
def query_of_many(kind: Any, *, some: bool = False) -> Executable:
    """The same for many cases, or for some rows whichever case they belong to."""
    table = kind.__table__
    order = (table.c.at, table.c.id) if "at" in table.c else (table.c.id,)
    which = table.c.id.in_(bindparam("ids", expanding=True)) if some else of_cases(table, many=True)
    return select(table).where(which, still(kind)).order_by(*order)


def still(kind: Any) -> ColumnElement[bool]:
    """Of a kind that piles up, only the rows that still count are rows of the case here (``Deadline.still``)."""
    counts = getattr(kind, "still", None)
    return counts(kind.__table__) if counts else true()


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    """Its columns, in the order of a query."""
    return tuple(kind.__table__.c.keys())


def frozen(kind: type[T], row: Iterable[Any]) -> T:
    """A row outside of any session: its attributes can be read, and setting one raises."""
    made = object.__new__(kind)
    made.__dict__.update(zip(names_of(kind), row, strict=True))  # type: ignore[arg-type]
    made.__dict__["opened"] = {}
    return made


def thawed(session: Session, row: T) -> T:
    """The row of a session for one that was read while its case was locked: to be changed, without reading it anew."""
    kind: Any = type(row)
    key = kind.__mapper__.identity_key_from_primary_key((row.id,))  # type: ignore[attr-defined]
    made: T = session.identity_map.get(key) or kind.__mapper__.class_manager.new_instance()
    if made not in session:
        made.__dict__.update((name, row.__dict__[name]) for name in names_of(kind))
        make_transient_to_detached(made)
        session.add(made)
    return made
