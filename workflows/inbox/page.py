"""A partner's word from a page of ours: a link on a phone, or the inbox of an account."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models.handover import Handover
from models.handover_state import TAKEN
from models.inbound import Inbound
from models.reintegration import Instalment
from workflows.commands import Change
from workflows.inbox import place
from workflows.inbox.handover import hear
from workflows.inbox.payments import settle_payment
from workflows.inputs.partner_words import WordIn
from workflows.partner_door import partner_may_read

MONEY = {"payment.handed_over": "handed_over", "payment.failed": "failed"}


def from_page(session: Session, stored: Inbound, text: str, now: datetime) -> tuple[Change | None, str]:
    """What a form said, understood as the same word at the partners' door is. Raises ValueError for anything else."""
    said = json.loads(text)
    if "place" in said:
        return place.from_page(session, stored, said, now)
    row = session.get_one(Handover, UUID(said["handover"]))
    if said["kind"] in MONEY:
        return paid(session, row, UUID(said["instalment"]), MONEY[said["kind"]], now)
    word: dict[str, Any] = WordIn.model_validate(said["word"] | {"kind": said["kind"]}).model_dump()
    return hear(session, row, f"handover.{said['kind']}", word, said["by"], now, heard_at=stored.received_at)


def paid(session: Session, row: Handover, which: UUID, status: str, now: datetime) -> tuple[Change | None, str]:
    """An amount that this partner was asked to hand over, on this handover, and nothing else."""
    one = session.get(Instalment, which)
    is_theirs = one is not None and (one.case_id, one.journey) == (row.case_id, row.journey)
    if one is None or not is_theirs or one.payment_status != "ordered" or row.status not in TAKEN:
        return None, "inert"
    if not partner_may_read(session, row, now):
        return None, "inert"
    return settle_payment(session, one, status, now), status
