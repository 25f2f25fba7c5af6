"""Keeps the rows of cases that were read a moment ago, so that deciding again does not read them again.

A drawer holds the rows of one case at one version. Every transaction that changes a row of a case counts the case's
version up (``count_up``), so a drawer of another version, whoever made it so, is thrown away unread.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, inspect, update
from sqlmodel import Session

from models.case import Case
from models.reading import is_absent, read, read_again

MOST_DRAWERS = 256
TOUCHED, COUNTED, KEPT, NOTED = "touched", "counted", "kept", "noted"
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

    def __init__(self, most: int = MOST_DRAWERS, asked_for: Iterable[type[Any]] = ()) -> None:
        self._most, self._lock = most, RLock()
        self._drawers: OrderedDict[UUID, Drawer] = OrderedDict()
        self.asked_for: set[type[Any]] = set(asked_for)  # kinds that somebody reads

    def look(self, case_id: UUID, ver: int, kind: type[Any]) -> tuple[tuple[Any, ...] | None, frozenset[UUID]]:
        """The rows of a kind, if they are here and of this version, and which of them have to be read again."""
        with self._lock:
            self.asked_for.add(kind)
            drawer = self._drawers.get(case_id)
            if drawer is None or drawer.ver != ver:
                return None, NOTHING
            written = drawer.written.get(kind)
            return drawer.rows.get(kind), frozenset(written) if written else NOTHING

    def known(self, case: Case) -> dict[type[Any], tuple[Any, ...]]:
        """All rows that are here, of this version, and were not written since they were read."""
        with self._lock:
            drawer = self._drawers.get(case.id)
            if drawer is None or drawer.ver != case.ver:
                return {}
            return {kind: rows for kind, rows in drawer.rows.items() if kind not in drawer.written}

    def left(self, case: Case) -> Touched | None:
        """Which rows of a case have to be read again, by kind; None when nothing of it is here."""
        with self._lock:
            drawer = self._drawers.get(case.id)
            if drawer is None or drawer.ver != case.ver:
                return None
            return {kind: set(ids) for kind, ids in drawer.written.items()}

    def put(self, case: Case, kind: type[Any], rows: tuple[Any, ...]) -> None:
        """Keep rows that were read while the case was locked and unchanged."""
        self.put_all(case, {kind: rows})

    def put_all(self, case: Case, rows: dict[type[Any], tuple[Any, ...]]) -> None:
        """The same for many kinds at once."""
        with self._lock:
            drawer = self._drawers.get(case.id)
            if drawer is None or drawer.ver != case.ver:
                drawer = self._drawers[case.id] = Drawer(case.ver)
            drawer.rows |= rows
            for kind in drawer.written.keys() & rows.keys():
                del drawer.written[kind]
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

    They come from the cabinet while nothing about the case has changed; what was written since is read again.
    ``unchanged``: the caller has asked ``is_changed`` and changed nothing since.
    """
    cabinet: Cabinet | None = session.info.get("cabinet")
    if cabinet is None:
        return read(session, case.id, kind)
    if not unchanged and is_changed(session, case):
        return rows_of_changed(session, cabinet, case, kind)
    known, written = cabinet.look(case.id, case.ver, kind)
    if known is None or written:
        known = newly_read(session, case, kind, known, written)
        if isinstance(session, Watched):
            cabinet.put(case, kind, known)
    return known


def known_of(session: Session, case: Case) -> dict[type[Any], tuple[Any, ...]]:
    """The rows of a case that need not be read, for a session that has changed nothing of it."""
    cabinet: Cabinet | None = session.info.get("cabinet")
    return cabinet.known(case) if cabinet is not None else {}


def rows_of_changed(session: Session, cabinet: Cabinet, case: Case, kind: type[T]) -> tuple[T, ...]:
    """In a session that has changed something itself: what it has written is read anew, and is nobody else's yet."""
    before = session.info.get(COUNTED, {}).get(case.id, case.ver)
    known, written = cabinet.look(case.id, before, kind)
    mine = written | session.info.get(TOUCHED, {}).get(case.id, {}).get(kind, NOTHING)
    if known is None:
        return read(session, case.id, kind)
    return read_again(session, case.id, kind, known, mine) if mine else known


def newly_read(
    session: Session, case: Case, kind: type[T], known: tuple[T, ...] | None, written: frozenset[UUID]
) -> tuple[T, ...]:
    """What is not in the cabinet, or has been written since."""
    if known is not None:
        return read_again(session, case.id, kind, known, written)
    return () if is_absent(session, case.id, kind) else read(session, case.id, kind)


def is_changed(session: Session, case: Case) -> bool:
    """Whether this session has changed a row of the case, flushed or not. What it changed of others can wait."""
    if any(may_be_of(row, case) for row in session.new | session.dirty | session.deleted):
        session.flush()
    return case.id in session.info.get(TOUCHED, ()) or case.id in session.info.get(COUNTED, ())


def may_be_of(row: object, case: Case) -> bool:
    """Whether an unwritten change may be one of this case: a row of no case, or of nobody known, may be."""
    if isinstance(row, Case):
        return row.id == case.id and not is_at_rest(row)
    return getattr(row, "case_id", case.id) == case.id or "case_id" in inspect(row).committed_state  # type: ignore[union-attr]


def is_at_rest(row: object) -> bool:
    """A case that only changes hands: a lease or a due instant is no fact about anybody."""
    return isinstance(row, Case) and not inspect(row).attrs.ver.history.deleted and not inspect(row).pending  # type: ignore[union-attr]


def note_touched(session: Session, _context: object) -> None:
    """Which kinds of rows of which cases were written, and which cases have counted their version up by themselves."""
    touched: dict[UUID, Touched] = session.info.setdefault(TOUCHED, {})
    counted: dict[UUID, int] = session.info.setdefault(COUNTED, {})
    for row in session.new | session.dirty | session.deleted:
        if isinstance(row, Case):
            session.info.setdefault(KEPT, {})[row.id] = row  # a session forgets what nobody holds
            old = inspect(row).attrs.ver.history.deleted  # type: ignore[union-attr]
            if old or row in session.new:
                counted.setdefault(row.id, old[0] if old else 0)
        elif (case_id := getattr(row, "case_id", None)) is not None:
            touched.setdefault(case_id, {}).setdefault(type(row), set()).add(row.id)
            for left in inspect(row).attrs.case_id.history.deleted:  # it has moved to another case
                touched.setdefault(left, {}).setdefault(type(row), set()).add(row.id)


def note_version(session: Session, case: Case, noted: dict[str, Any] | None) -> None:
    """Keep with a case what was decided of it: it holds for the version that the case has when this session ends."""
    case.noted, case.noted_ver = noted, None if noted is None else case.ver
    ids: set[UUID] = session.info.setdefault(NOTED, set())
    (ids.discard if noted is None else ids.add)(case.id)


def count_up(session: Session) -> None:
    """Cases whose rows have changed, and whose version has not, count it up now."""
    session.flush()
    left = session.info.get(TOUCHED, {}).keys() - session.info.get(COUNTED, {}).keys()
    for case_id in left:
        known = session.identity_map.get(inspect(Case).identity_key_from_primary_key((case_id,)))
        if isinstance(known, Case):
            known.ver += 1
            if known.id in session.info.get(NOTED, ()):
                known.noted_ver = known.ver
        else:
            session.connection().execute(update(Case).where(Case.id == case_id).values(ver=Case.ver + 1))
    session.flush()


def renew(session: Session) -> None:
    """After the commit: the drawers of the cases that changed."""
    cabinet: Cabinet = session.info["cabinet"]
    touched = session.info.get(TOUCHED, {})
    kept: dict[UUID, Case] = session.info.get(KEPT, {})
    for case_id, before in session.info.get(COUNTED, {}).items():
        if case_id in kept:
            cabinet.renew(case_id, before, kept[case_id].ver, touched.get(case_id, {}))


event.listen(Watched, "after_flush", note_touched)
event.listen(Watched, "before_commit", count_up)
event.listen(Watched, "after_commit", renew)
