"""The page of a case: what happens now, where each stage stands and why, who works on it, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.forms import labels
from api.forms.labels import capital
from api.pages.engine import page
from api.pages.staff.rows import first_due, name_of
from api.pages.visitor import StaffVisitor, Visitor
from api.pages.words import at_their_clock
from models.access import Act, Field, Tie, may, readable
from models.assignment import CaseAssignment
from models.case import Case
from models.event import Event
from models.queries import partners
from models.queries.access import must
from models.queries.caseload import OPEN_QUESTION, people_of, standings_of
from models.queries.cases import by_ref
from models.queries.families import relatives
from models.queries.glass import open_until
from models.question import Question, StandingRow
from models.stage import Role, Stage
from workflows.explain import explain, phrases
from workflows.glass import is_broken
from workflows.lease import UnknownCase
from workflows.noted import standing_of
from workflows.standing import Standing

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)
NEWEST = 12


@dataclass(frozen=True)
class Step:
    """One stage of the stepper: its note, and what it says in words."""

    stage: Stage
    row: StandingRow | None
    words: str


@dataclass(frozen=True)
class Opened:
    """A case as it was opened for a reader: the case, what ties them to it, and what they may read of it."""

    case: Case
    ties: frozenset[Tie]
    fields: frozenset[Field]
    glass_until: datetime | None = None  # read by broken glass alone, until then


def opened(session: Session, visitor: Visitor, ref: str, now: datetime, act: Act = Act.SEE) -> Opened:
    """Raises UnknownCase or Denied."""
    case = by_ref(session, ref)
    ties = must(session, visitor.staff, act, case, now)
    if case is None:
        raise UnknownCase(ref)
    return Opened(case, ties, readable(visitor.staff, ties), broken_until(session, visitor, ref, ties, now))


def broken_until(session: Session, visitor: Visitor, ref: str, ties: frozenset[Tie], now: datetime) -> datetime | None:
    """Until when a case is read by broken glass, if by that alone: each of its pages says so."""
    return open_until(session, visitor.staff.handle, ref, now) if is_broken(ties) else None


@router.get("")
def one(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The page. It shows the notes of the last look, with their instant: deciding anew is the work of the next push."""
    now = house.clock.now()
    with house.database.reading() as session:
        found = opened(session, visitor, ref, now)
        notes = standings_of(session, [found.case.id])[found.case.id]
        values: dict[str, Any] = {
            "case": found.case, "steps": steps(notes, visitor, partners.names(session)),
            "asked": asked(session, found.case), "people": people(session, found, now),
            "team": team(session, found.case),
            "kin": relatives(session, visitor.staff, now, [found.case.id]).get(found.case.id),
            "events": told(newest(session, ref), visitor.language), "names": Field.IDENTITY in found.fields,
            "mine": [role for role in Role if visitor.staff.has(role)], "now_at": next_of(notes),
            "doors": doors(visitor, found), "done": done(request.query_params.get("recorded", ""), visitor.language),
        }  # fmt: skip
    return page(request, "staff/case.html", visitor, 200, None, **values)


def done(kind: str, language: str) -> str:
    """What the reader has just recorded, as they came from its form."""
    words = labels(language)
    if kind == "opened":
        return words.text("case_opened")
    titled = words.parts["kinds"].get(kind)
    return f"{words.text('recorded')}: {titled[0]}" if titled else ""


def steps(notes: Mapping[Stage, StandingRow], who: Visitor, called: Mapping[str, str]) -> list[Step]:
    """Every stage with its reason in words; the reasons name who can change them, as all stages now stand."""
    known = {stage: standing for stage, row in notes.items() if (standing := standing_of(row)) is not None}
    said = {stage: in_words(stage, known, who.language, called) for stage in Stage}
    return [Step(one, notes.get(one), at_their_clock(text, who.language, who.zone)) for one, text in said.items()]


def in_words(stage: Stage, known: Mapping[Stage, Standing], language: str, called: Mapping[str, str]) -> str:
    """One stage explained below its name; nothing where nobody has looked at it yet."""
    text = explain(stage, known[stage], language, known, called) if stage in known else ""
    return capital(text.removeprefix(f"{phrases(language)['stages'][stage.value]}: "), language)


def next_of(notes: Mapping[Stage, StandingRow]) -> StandingRow | None:
    """What comes due first."""
    return first_due(row for row in notes.values() if row.kind in ("Asking", "Waiting"))


def asked(session: Session, case: Case) -> Sequence[Question]:
    """What is asked of anybody, the most urgent first."""
    query = select(Question).where(Question.case_id == case.id, OPEN_QUESTION)
    return session.exec(query.order_by(col(Question.until))).all()


def people(session: Session, found: Opened, now: datetime) -> list[tuple[Any, Any]]:
    """Who travels together, by name where the reader may know."""
    rows = people_of(session, [found.case.id])[found.case.id]
    return [(row, name_of(session, row, now.date(), Field.IDENTITY in found.fields)) for row in rows]


def team(session: Session, case: Case) -> Sequence[CaseAssignment]:
    """Who works on the case beside its owner."""
    query = select(CaseAssignment).where(CaseAssignment.case_id == case.id, col(CaseAssignment.until).is_(None))
    return session.exec(query.order_by(col(CaseAssignment.at))).all()


def newest(session: Session, ref: str, before: int | None = None, most: int = NEWEST) -> Sequence[Event]:
    """The last events of a case, the newest first; those before a number."""
    query = select(Event).where(Event.subject == ref)
    query = query.where(Event.number < before) if before else query
    return session.exec(query.order_by(col(Event.number).desc()).limit(most)).all()


def told(events: Sequence[Event], language: str) -> list[tuple[Event, str]]:
    """Events with what they are in words."""
    return [(event, event_words(event, language)) for event in events]


def event_words(event: Event, language: str) -> str:
    """What happened, in words; a code that has none stays a code."""
    if event.kind.startswith("fact."):
        kinds = labels(language).parts["kinds"]
        kind = event.kind.removeprefix("fact.")
        return kinds[kind][0] if kind in kinds else kind
    return phrases(language).get("events", {}).get(event.kind, event.kind)


def doors(visitor: Visitor, found: Opened) -> dict[str, Any]:
    """Which ways lead on from here for this reader."""
    who, ties = visitor.staff, found.ties
    return {
        "record": may(who, Act.RECORD, ties), "assign": may(who, Act.ASSIGN, ties),
        "risk": may(who, Act.SEE, ties, 3, Field.TRAFFICKING), "travel": may(who, Act.SEE, ties, 3, Field.LOCATION),
        "notes": may(who, Act.SEE, ties, 3, Field.NARRATIVE), "names": Field.IDENTITY in found.fields,
        "withdraw": may(who, Act.WITHDRAW, ties) and found.case.closed_at is None,
        "open": found.case.closed_at is None, "glass_until": found.glass_until,
    }  # fmt: skip
