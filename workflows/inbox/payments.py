"""A partner's word on money: what was handed over stays so."""

from datetime import datetime

from sqlmodel import Session

from models.case import Case
from models.reintegration import Instalment
from workflows import books
from workflows.commands import Change
from workflows.inbox.waking import woken


def settle_payment(
    session: Session, row: Instalment, status: str, now: datetime, receipt: str | None = None
) -> Change | None:
    """The partner's word on an instalment: what was handed over stays so."""
    session.get_one(Case, row.case_id, with_for_update=True)  # a look-up may say the same at this moment
    session.refresh(row)
    books.settled(session, row, status, "partner", now, receipt=receipt)
    return woken(session, row.case_id, "partner.payment", "partner", now)
