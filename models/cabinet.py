"""Keeps the rows of cases that were read a moment ago, so that deciding again does not read them again.

A drawer holds the rows of one case at one version. Every transaction that changes a row of a case counts the case's
version up (``count_up``), so a drawer of another version, whoever made it so, is thrown away unread.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Executable, bindparam, event, inspect, select, update
from sqlmodel import Session

from models.case import Case

MOST_DRAWERS = 256
TOUCHED, COUNTED = "touched", "counted"
Touched = dict[type[Any], set[UUID]]
NOTHING: frozenset[UUID] = frozenset()
T = TypeVar("T")


class Watched(Session):
    """A session that counts up the version of every case whose rows it changes. Its ``info`` holds the cabinet."""


@dataclass
class Drawer:
    """The rows of one case, by kind, as they are at a version; those written since they were read, by their ids."""

    ver: int
    rows: dict[type[Any], tuple[Any, ...]] = field(default_factory=dict)
    written: Touched = field(default_factory=dict)


class Cabinet:
    """The drawers of one process, the least used first."""

    def __init__(self, most: int = MOST_DRAWERS) -> None:
        self._most, self._lock = most, RLock()
        self._drawers: OrderedDict[UUID, Drawer] = OrderedDict()

    def look(self, case: Case, kind: type[Any]) -> tuple[tuple[Any, ...] | None, frozenset[UUID]]:
        """The rows of a kind, if they are here and of this version, and which of them have to be read again."""
        with self._lock:
            drawer = self._drawers.get(case.id)
            if drawer is None or drawer.ver != case.ver:
                return None, NOTHING
            written = drawer.written.get(kind)
            return drawer.rows.get(kind), frozenset(written) if written else NOTHING

    def put(self, case: Case, kind: type[Any], rows: tuple[Any, ...]) -> None:
        """Keep rows that were read while the case was locked and unchanged."""
        with self._lock:
            drawer = self._drawers.get(case.id)
            if drawer is None or drawer.ver != case.ver:
                drawer = self._drawers[case.id] = Drawer(case.ver)
            drawer.rows[kind] = rows
            drawer.written.pop(kind, None)
            self._drawers.move_to_end(case.id)
            while len(self._drawers) > self._most:
                self._drawers.popitem(last=False)

    def renew(self, case_id: UUID, before: int, after: int, touched: Touched) -> None:
        """A transaction of this process took a case from one version to another and wrote these rows."""
        with self._lock:
            drawer = self._drawers.get(case_id)
            if drawer is None:
                return
            if drawer.ver != before:
                del self._drawers[case_id]
                return
            drawer.ver = after
            for kind in touched.keys() & drawer.rows.keys():
                drawer.written.setdefault(kind, set()).update(touched[kind])

    def clear(self) -> None:
        """Throw everything away."""
        with self._lock:
            self._drawers.clear()


def rows_of(session: Session, case: Case, kind: type[T], *, unchanged: bool = False) -> tuple[T, ...]:
    """The rows of a kind that belong to a case, oldest first: to be read, never to be changed.

    They come from the cabinet when nothing about the case has changed; a session that has changed something itself
    always reads anew. ``unchanged``: the caller has asked ``is_changed`` and changed nothing since.
    """
    cabinet: Cabinet | None = session.info.get("cabinet")
    if cabinet is None or not (unchanged or not is_changed(session, case)):
        return read(session, case, kind)
    known, written = cabinet.look(case, kind)
    if known is None or written:
        known = read(session, case, kind) if known is None else read_again(session, case, kind, known, written)
        if isinstance(session, Watched):
            cabinet.put(case, kind, known)
    return known


def is_changed(session: Session, case: Case) -> bool:
    """Whether this session has changed a row of the case, flushed or not."""
    if any(not is_at_rest(row) for row in session.new | session.dirty | session.deleted):
        session.flush()
    return case.id in session.info.get(TOUCHED, ()) or case.id in session.info.get(COUNTED, ())


def is_at_rest(row: object) -> bool:
    """A case that only changes hands: a lease or a due instant is no fact about anybody."""
    return isinstance(row, Case) and not inspect(row).attrs.ver.history.deleted and not inspect(row).pending  # type: ignore[union-attr]


def read(session: Session, case: Case, kind: type[T]) -> tuple[T, ...]:
    """The rows as they are in the database."""
    return tuple(frozen(kind, row) for row in session.connection().execute(query_of(kind), {"case": case.id}))


def read_again(
    session: Session, case: Case, kind: type[Any], known: tuple[Any, ...], written: frozenset[UUID]
) -> tuple[Any, ...]:
    """What is known, with the rows that were written since as they are in the database: anew, changed or gone."""
    found = session.connection().execute(query_of(kind, some=True), {"case": case.id, "ids": list(written)})
    rows = [row for row in known if row.id not in written] + [frozen(kind, row) for row in found]
    return tuple(
        sorted(rows, key=lambda row: (row.at, row.id))
        if "at" in kind.__table__.c
        else sorted(rows, key=lambda row: row.id)
    )


@cache
def query_of(kind: Any, *, some: bool = False) -> Executable:
    """All columns of the rows of a case, oldest first; of some of them only, by their ids."""
    table = kind.__table__
    order = (table.c.at, table.c.id) if "at" in table.c else (table.c.id,)
    query = select(table).where(table.c.case_id == bindparam("case")).order_by(*order)
    return query.where(table.c.id.in_(bindparam("ids", expanding=True))) if some else query


@cache
def names_of(kind: Any) -> tuple[str, ...]:
    """Its columns, in the order of a query."""
    return tuple(kind.__table__.c.keys())


def frozen(kind: type[T], row: Iterable[Any]) -> T:
    """A row outside of any session: its attributes can be read, and setting one raises."""
    made = object.__new__(kind)
    made.__dict__.update(zip(names_of(kind), row, strict=True))
    made.__dict__["opened"] = {}
    return made


def note_touched(session: Session, _context: object) -> None:
    """Which kinds of rows of which cases were written, and which cases have counted their version up by themselves."""
    touched: dict[UUID, Touched] = session.info.setdefault(TOUCHED, {})
    counted: dict[UUID, int] = session.info.setdefault(COUNTED, {})
    for row in session.new | session.dirty | session.deleted:
        if isinstance(row, Case):
            old = inspect(row).attrs.ver.history.deleted  # type: ignore[union-attr]
            if old or row in session.new:
                counted.setdefault(row.id, old[0] if old else 0)
        elif (case_id := getattr(row, "case_id", None)) is not None:
            touched.setdefault(case_id, {}).setdefault(type(row), set()).add(row.id)
            for left in inspect(row).attrs.case_id.history.deleted:  # it has moved to another case
                touched.setdefault(left, {}).setdefault(type(row), set()).add(row.id)


def count_up(session: Session) -> None:
    """Cases whose rows have changed, and whose version has not, count it up now."""
    session.flush()
    left = session.info.get(TOUCHED, {}).keys() - session.info.get(COUNTED, {}).keys()
    for case_id in left:
        known = session.identity_map.get(inspect(Case).identity_key_from_primary_key((case_id,)))
        if isinstance(known, Case):
            known.ver += 1
        else:
            session.connection().execute(update(Case).where(Case.id == case_id).values(ver=Case.ver + 1))
    session.flush()


def renew(session: Session) -> None:
    """After the commit: the drawers of the cases that changed."""
    cabinet: Cabinet = session.info["cabinet"]
    touched = session.info.get(TOUCHED, {})
    for case_id, before in session.info.get(COUNTED, {}).items():
        known = session.identity_map.get(inspect(Case).identity_key_from_primary_key((case_id,)))
        if isinstance(known, Case):
            cabinet.renew(case_id, before, known.ver, touched.get(case_id, {}))


event.listen(Watched, "after_flush", note_touched)
event.listen(Watched, "before_commit", count_up)
event.listen(Watched, "after_commit", renew)
