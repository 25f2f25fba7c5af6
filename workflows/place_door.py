"""What a partner sees of a question about a place: asked anew each time, closed by every exit at that instant."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from models.case import Case
from models.database import vault_of
from models.risk_assessment import CountryInput
from models.stage import Track
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House


def may_answer(facts: Facts, row: CountryInput) -> bool:
    """Whether the word of this partner on the place is still wanted: a return under way, and this partner chosen."""
    wanted = row.journey == facts.journey and facts.track is Track.RETURN and not facts.closed and not facts.departed
    return wanted and row.partner == facts.partner and row.partner not in facts.reception.inactive


def place_view(house: House, question_id: UUID) -> dict[str, Any] | None:
    """What is asked, until when, and what was answered; None when the partner may not see it."""
    now = house.clock.now()
    with house.database.reading() as session:
        row = session.get(CountryInput, question_id)
        return seen_place(session, row, now) if row else None


def open_places(session: Session, partner: str | None, now: datetime, most: int) -> list[dict[str, Any]]:
    """The questions that wait for a partner's word, the newest first."""
    mine = select(CountryInput).where(CountryInput.partner == partner, col(CountryInput.safe).is_(None))
    living = mine.join(Case, col(Case.id) == CountryInput.case_id).where(
        Case.partner == partner, Case.journey == CountryInput.journey, Case.track == Track.RETURN,
        col(Case.closed_at).is_(None),
    )  # fmt: skip
    rows = session.exec(living.order_by(col(CountryInput.at).desc()).limit(most)).all()
    return [one for row in rows if (one := seen_place(session, row, now))]


def seen_place(session: Session, row: CountryInput, now: datetime) -> dict[str, Any] | None:
    """A question as its partner sees it: no case reference and no name; the code is this question's own (T16)."""
    facts = gather(session, session.get_one(Case, row.case_id), now)
    if row.question is None or not may_answer(facts, row):
        return None
    return {
        "id": row.id, "question": vault_of(session).open(row, "question"), "safe": row.safe,
        "answer_by": until(facts, row), "note_code": row.note_code, "answered_at": row.answered_at,
    }  # fmt: skip


def until(facts: Facts, row: CountryInput) -> datetime:
    """When the assessment goes on without the partner's word."""
    limit: timedelta = facts.rules.time("country_input")
    return row.at + limit
