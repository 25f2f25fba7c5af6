"""Orders an instalment through the partner: once per instalment, whatever happens (S3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from integrations.partner import PaymentOrder
from models.case import Case
from models.effect import Effect
from models.handover import Handover
from models.reintegration import Instalment
from workflows.actions.partner_find import find
from workflows.actions.people import subject_row
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow


def order(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Amount, what for, and the handover that the partner knows the person by."""
    if facts.handover is None:
        raise NotNow("no partner received the person")
    handover = session.get_one(Handover, UUID(facts.handover.id))
    row = subject_row(session, Instalment, effect)
    said = PaymentOrder(
        handover_reference=handover.reference, entitlement=str(row.id), amount=row.amount, currency=row.currency,
        label_code=row.label,
    )  # fmt: skip
    return {"partner": handover.partner, "order": said}


def pay(world: World, letter: Letter) -> str:
    """Order it; the proof comes by webhook."""
    return world.partners[letter.body["partner"]].order_payment(letter.body["order"], key=letter.key).reference


def ordered(session: Session, case: Case, effect: Effect, letter: Letter, reference: str, now: datetime) -> None:
    """Ordered is not yet handed over."""
    effect.reference = reference
    row = subject_row(session, Instalment, effect)
    row.payment_reference = reference
    if row.payment_status is None:
        row.payment_status, row.paid_at = "ordered", now


ACTIONS = (Action("order_payment", order, pay, ordered, find, repeats=True),)
