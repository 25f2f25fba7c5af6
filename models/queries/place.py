"""Reads of what a partner was asked about the place of a case, and what it said."""

from uuid import UUID

from sqlmodel import Session, col, select

from models.risk_assessment import CountryInput


def newest_question(session: Session, case_id: UUID, journey: int) -> CountryInput | None:
    """The newest question about the place that a journey asked, answered or not."""
    mine = select(CountryInput).where(CountryInput.case_id == case_id, CountryInput.journey == journey)
    return session.exec(mine.order_by(col(CountryInput.at).desc(), col(CountryInput.id).desc())).first()
