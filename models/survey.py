"""Surveys of the sustainability of a reintegration: raw answers, and scores worked out from them, each row for good."""

from uuid import UUID

from models.base import plain, sealed
from models.case import OfPerson


class SurveyResponse(OfPerson, table=True):
    """What somebody answered to one version of an instrument: never changed. ``declined``: they wanted none of it."""

    __tablename__ = "survey_responses"

    point: str = plain(max_length=20)
    instrument: str = plain(max_length=40)
    version: int = plain()
    mode: str = plain(max_length=20)
    interviewer: str = plain(max_length=60)
    months_since: int = plain()
    proxy: bool = plain(False)
    declined: bool = plain(False)
    answers: bytes | None = sealed(3)


class SurveyScore(OfPerson, table=True):
    """Scores of a response by a version of its instrument. Working them out again is another row."""

    __tablename__ = "survey_scores"

    response_id: UUID = plain(foreign_key="survey_responses.id", index=True)
    instrument: str = plain(max_length=40)
    version: int = plain()
    scores: bytes | None = sealed(3)
