"""A partner's word on a place, from its system or from a page of ours: the first one counts, and wakes the case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from models.case import Case
from models.event import append
from models.inbound import Inbound
from models.link import LinkPurpose, use_up
from models.risk_assessment import CountryInput
from workflows.commands import Change
from workflows.gather import gather
from workflows.inbox.waking import woken
from workflows.inputs.partner_words import PlaceIn
from workflows.lease import lock
from workflows.place_door import may_answer

KIND = "country_input"


def from_system(session: Session, code: str, notice: Any, now: datetime) -> tuple[Change | None, str]:
    """A notice of a partner's own system; a later one corrects it. Raises LookupError for no question of theirs."""
    row = session.exec(select(CountryInput).where(CountryInput.reference == notice.reference)).first()
    if row is None or row.partner not in (None, code):
        raise LookupError("no such question")
    return taken(session, row, notice.safe, notice.note_code, f"partner:{code}", now), KIND


def from_page(session: Session, stored: Inbound, said: dict[str, Any], now: datetime) -> tuple[Change | None, str]:
    """A form of ours: what comes twice, or when nobody waits for it any more, is kept and changes nothing (S15, F26).

    The instant at which it reached our door decides. Raises ValueError for anything else than an answer.
    """
    word = PlaceIn.model_validate(said["word"])
    found = session.get_one(CountryInput, UUID(said["place"]))
    case = lock(session, session.get_one(Case, found.case_id).ref)
    session.refresh(found)
    if found.safe is not None or not may_answer(gather(session, case, stored.received_at), found):
        append(session, case.ref, "partner.too_late", said["by"], now, said=KIND)
        return None, "inert"
    use_up(session, LinkPurpose.PARTNER_PLACE, str(found.id))
    return taken(session, found, word.safe, word.note_code, said["by"], now), KIND


def taken(
    session: Session, row: CountryInput, safe: bool, note_code: str | None, by: str, now: datetime
) -> Change | None:
    """Write the answer down."""
    row.answered_at, row.safe, row.note_code = now, safe, note_code
    return woken(session, row.case_id, "partner.country_input", by, now)
