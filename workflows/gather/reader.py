"""Reads the rows of one case, each table once."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Executable, Row
from sqlmodel import Session, SQLModel

from models.cabinet import is_changed, known_of, rows_of
from models.case import Case
from models.country import rows_of_place
from models.database import vault_of
from models.reading import every_row

T = TypeVar("T", bound=SQLModel)
SHELF = "shelf"


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Many cases are gathered at one instant: what belongs to none of them is read once. Nothing may be written."""
    session.info[SHELF] = {}
    try:
        yield
    finally:
        del session.info[SHELF]


class Reader:
    """The rows of one case, oldest first; most kinds count only for the journey they were written in."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session, self.case, self.vault = session, case, vault_of(session)
        self._unchanged = not is_changed(session, case)
        self._rows: dict[type[Any], tuple[Any, ...]] = known_of(session, case) if self._unchanged else {}
        self._shelf: dict[Hashable, Any] = {}

    def undisturbed(self) -> AbstractContextManager[object]:
        """While nothing was changed there is nothing to be written before a query: a lease can wait for the end."""
        return self.session.no_autoflush if self._unchanged else nullcontext()

    def all(self, kind: type[T]) -> Sequence[T]:
        """Every row of a kind, of all journeys."""
        known = self._rows.get(kind)
        if known is None:
            known = rows_of(self.session, self.case, kind, unchanged=self._unchanged)
            if self._unchanged:
                self._rows[kind] = known
        return known

    def of_place(self, kind: type[T]) -> Sequence[T]:
        """Every row about the country of return or an area in it, read at this moment: no case keeps them."""
        country = self.case.country
        return self._shared((kind, country), lambda: rows_of_place(self.session, kind, country))  # type: ignore[no-any-return]

    def everywhere(self, kind: type[T]) -> Sequence[T]:
        """Every row of a small table that is about no case, oldest first, read at this moment."""
        return self._shared((kind,), lambda: self._all_of(kind))  # type: ignore[no-any-return]

    def _all_of(self, kind: type[T]) -> Sequence[T]:
        if any(isinstance(row, kind) for row in self.session.new | self.session.dirty):
            self.session.flush()
        return every_row(self.session, kind)

    def look(self, query: Executable, **values: object) -> Sequence[Row[Any]]:
        """What a query finds that is no row of this case alone; written once for all, so that it is cheap."""
        return self._shared((query, repr(values)), lambda: self._found(query, values))  # type: ignore[no-any-return]

    def _found(self, query: Executable, values: dict[str, object]) -> Sequence[Row[Any]]:
        if self.session.autoflush:
            self.session.flush()
        return self.session.connection().execute(query, values).all()

    def _shared(self, key: Hashable, found: Callable[[], Any]) -> Any:
        """Once a reader; where many cases are read at one instant, once for all of them."""
        shelf: dict[Hashable, Any] = self.session.info.get(SHELF, self._shelf)
        if key not in shelf:
            shelf[key] = found()
        return shelf[key]

    def current(self, kind: type[T]) -> list[T]:
        """Those of the current journey."""
        return [row for row in self.all(kind) if row.journey == self.case.journey]  # type: ignore[attr-defined]

    def latest(self, kind: type[T]) -> T | None:
        """The newest of the current journey."""
        rows = self.current(kind)
        return rows[-1] if rows else None
