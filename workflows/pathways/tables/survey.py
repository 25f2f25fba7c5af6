"""Which instrument is asked, which of its answers alarm, and the questions on satisfaction and intention."""

from typing import Annotated, ClassVar

from pydantic import Field

from workflows.pathways.row import Row


class Survey(Row):
    """The instrument that is asked at the points of the schedule that ask for a survey."""

    table: ClassVar[str] = "surveys"

    instrument: str
    version: Annotated[int, Field(ge=1)]


class SurveyAlert(Row):
    """Answers that make a protection officer look at once, whatever the score."""

    table: ClassVar[str] = "survey_alerts"

    instrument: str
    question: str
    answers: tuple[str, ...]


class SatisfactionQuestion(Row):
    """One service, or the whole, that the person is asked about."""

    table: ClassVar[str] = "satisfaction_questions"

    code: str
    en: str
    tr: str


class SatisfactionAnswer(Row):
    """One of the points of the scale."""

    table: ClassVar[str] = "satisfaction_answers"

    code: str
    points: Annotated[int, Field(ge=1, le=5)]
    en: str
    tr: str


class IntentionReason(Row):
    """Why somebody means to migrate again, or did."""

    table: ClassVar[str] = "migration_reasons"

    code: str
    en: str
    tr: str
