"""Cases as rows of a list: who it is about where the reader may know, where it stands, who is awaited until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.case import Case
from models.database import vault_of
from models.person import Person
from models.queries.caseload import LIVE, people_of, readable, standings_of
from models.question import StandingRow
from models.staff import Staff
from models.stage import Stage
from models.vault import Unreadable


@dataclass(frozen=True)
class Name:
    """Somebody as a reader may see them: None where the name is not theirs to read."""

    text: str | None
    native: str | None
    age: int | None
    is_child: bool


@dataclass(frozen=True)
class Line:
    """One case of a list."""

    case: Case
    people: Sequence[Name]
    live: Sequence[StandingRow]

    @property
    def next(self) -> StandingRow | None:
        """What comes due first."""
        return first_due(self.live)


def lines(session: Session, who: Staff, cases: Sequence[Case], now: datetime) -> list[Line]:
    """The rows of a list, in four queries whatever their number."""
    ids = [case.id for case in cases]
    named, people, notes = (
        readable(session, who, now, ids),
        people_of(session, ids),
        standings_of(session, ids, live=True),
    )
    return [
        Line(case, [name_of(session, one, now.date(), case.id in named) for one in people[case.id]],
             live(notes[case.id])) for case in cases
    ]  # fmt: skip


def first_due(rows: Iterable[StandingRow]) -> StandingRow | None:
    """The one whose time is over first."""
    timed = [(row.until, row.stage, row) for row in rows if row.until]
    return min(timed)[2] if timed else None


def live(notes: dict[Stage, StandingRow]) -> list[StandingRow]:
    """The stages that are at work, ask or wait, in the order of the map."""
    return [notes[stage] for stage in Stage if stage in notes and notes[stage].kind in LIVE]


def name_of(session: Session, person: Person, today: date, may_read: bool) -> Name:
    """Somebody's name and age, or that it is not for this reader; an erased person has none."""
    if not may_read:
        return Name(None, None, None, not person.principal)
    vault = vault_of(session)
    try:
        names = [vault.open(person, "given_names"), vault.open(person, "family_name")]
        born, native = vault.open_date(person, "born_on"), vault.open(person, "native_name")
    except Unreadable:
        return Name(None, None, None, not person.principal)
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day)) if born else None
    return Name(" ".join(filter(None, names)), native, age, age is not None and age < 18)
