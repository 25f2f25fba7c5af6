"""Keeps scores of surveys, a row each time they are worked out; and reads them only where they may be published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session, col, select

from models.case import Case
from models.database import vault_of
from models.survey import SurveyResponse, SurveyScore
from workflows.instruments import instrument
from workflows.instruments.score import Scores, score


@dataclass(frozen=True)
class Published:
    """Scores of one response. ``withheld``: the instrument is a draft, so nobody is shown any number."""

    point: str
    instrument: str
    version: int
    withheld: bool
    scores: Scores | None = None


def keep_scores(session: Session, row: SurveyResponse, by: str, now: datetime) -> SurveyScore:
    """Work out the scores of a response by its own version of the instrument: always another row."""
    said = score(instrument(row.instrument, row.version), vault_of(session).open(row, "answers") or {})
    kept = SurveyScore(
        case_id=row.case_id, journey=row.journey, person_id=row.person_id, at=now, by=by, response_id=row.id,
        instrument=row.instrument, version=row.version,
    )  # fmt: skip
    vault_of(session).seal(kept, scores=as_text(said))
    session.add(kept)
    return kept


def published(session: Session, case: Case) -> list[Published]:
    """The newest scores of each response of a case: the only reading of them. Withheld while a version is a DRAFT."""
    mine = select(SurveyScore).where(SurveyScore.case_id == case.id)
    rows = session.exec(mine.order_by(col(SurveyScore.at), col(SurveyScore.id))).all()
    asked = select(SurveyResponse.id, SurveyResponse.point).where(SurveyResponse.case_id == case.id)
    points = dict(session.exec(asked).all())
    newest = {row.response_id: row for row in rows}
    return [shown(session, row, points[row.response_id]) for row in newest.values()]


def shown(session: Session, row: SurveyScore, point: str) -> Published:
    """One of them."""
    if instrument(row.instrument, row.version).status != "VERIFIED":
        return Published(point, row.instrument, row.version, withheld=True)
    said = from_text(vault_of(session).open(row, "scores"))
    return Published(point, row.instrument, row.version, withheld=False, scores=said)


def as_text(said: Scores) -> dict[str, dict[str, str | None]]:
    """Exact, as fractions in text."""
    return {
        "items": {name: str(value) for name, value in said.items.items()},
        "dimensions": {name: text(value) for name, value in said.dimensions.items()},
        "composite": {"composite": text(said.composite)},
    }


def text(value: Fraction | None) -> str | None:
    """A fraction as it is kept."""
    return None if value is None else str(value)


def from_text(said: Mapping[str, Mapping[str, str | None]]) -> Scores:
    """And back."""

    def value(text: str | None) -> Fraction | None:
        return None if text is None else Fraction(text)

    items = {name: Fraction(one) for name, one in said["items"].items() if one is not None}
    dimensions = {name: value(one) for name, one in said["dimensions"].items()}
    return Scores(items, dimensions, value(said["composite"]["composite"]))
