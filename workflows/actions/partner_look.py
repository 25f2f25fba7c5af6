"""Reads a partner's books when its word may have been lost: what they say counts as if it had come by webhook (F14)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from integrations.partner import CountryInput as Heard
from integrations.partner import HandoverStatus, HandoverView, PaymentView
from models.case import Case
from models.effect import Effect
from models.handover import Handover
from models.queries.place import newest_question
from models.reintegration import Instalment
from workflows.actions.partner_handover import of_handover
from workflows.actions.people import subject_row
from workflows.facts import Facts
from workflows.house import World
from workflows.inbox import hear, settle_payment
from workflows.inbox.place import taken
from workflows.ledger import Action, Letter, NotNow

WORDS = {
    HandoverStatus.ASKED_BACK: "handover.asked_back",
    HandoverStatus.ACCEPTED: "handover.accepted",
    HandoverStatus.DECLINED: "handover.declined",
    HandoverStatus.ARRIVAL_CONFIRMED: "handover.arrival_confirmed",
    HandoverStatus.CANCELLED: "handover.cancelled",
    HandoverStatus.NO_SHOW: "handover.no_show",
    HandoverStatus.RECEIVED: "handover.received",
}
OURS = {HandoverStatus.ARRIVAL_CONFIRMED: "arrived"}


def read_handover(world: World, letter: Letter) -> HandoverView:
    """Where the partner says it is."""
    return world.partners[letter.body["partner"]].look_up(letter.body["reference"])


def heard(session: Session, case: Case, effect: Effect, letter: Letter, view: HandoverView, now: datetime) -> None:
    """Move our handover to where theirs is; an arrival we had not heard of comes first."""
    row, by = subject_row(session, Handover, effect), f"partner:{letter.body['partner']}"
    said = view.model_dump() | {"text": view.question_text}
    if view.arrived_at and row.arrived_at is None and view.status is not HandoverStatus.ARRIVAL_CONFIRMED:
        hear(session, row, "handover.arrival_confirmed", said, by, now)
    if view.status in WORDS and row.status != OURS.get(view.status, view.status.value):
        hear(session, row, WORDS[view.status], said, by, now)
    if view.reached_in_private and row.status in ("arrived", "received"):
        hear(session, row, "handover.first_week", said, by, now)


def question(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The newest question about the place that this journey asked."""
    row = newest_question(session, case.id, case.journey)
    if row is None or case.partner is None:
        raise NotNow("nothing was asked")
    return {"partner": case.partner, "reference": row.reference}


def read_question(world: World, letter: Letter) -> Heard:
    """What the partner answered."""
    return world.partners[letter.body["partner"]].look_up_country_input(letter.body["reference"])


def answered(session: Session, case: Case, effect: Effect, letter: Letter, view: Heard, now: datetime) -> None:
    """Take the answer, if there is one."""
    row = newest_question(session, case.id, case.journey)
    if row and view.safe is not None and row.safe is None:
        taken(session, row, view.safe, view.note_code, f"partner:{letter.body['partner']}", now)


def ordered(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The payment an instalment is waited for by."""
    row = subject_row(session, Instalment, effect)
    if facts.handover is None or row.payment_reference is None:
        raise NotNow("nothing was ordered")
    return {"partner": facts.handover.partner, "reference": row.payment_reference}


def read_payment(world: World, letter: Letter) -> PaymentView:
    """Whether it was handed over."""
    return world.partners[letter.body["partner"]].look_up_payment(letter.body["reference"])


def paid(session: Session, case: Case, effect: Effect, letter: Letter, view: PaymentView, now: datetime) -> None:
    """Handed over, failed (or cancelled, which nobody was paid by either), or still to come."""
    status = "failed" if view.status.value == "cancelled" else view.status.value
    if status in ("handed_over", "failed"):
        settle_payment(session, subject_row(session, Instalment, effect), status, now, view.receipt_hash)


ACTIONS = (
    Action("look_up_handover", of_handover, read_handover, heard, reads=True),
    Action("look_up_country_input", question, read_question, answered, reads=True),
    Action("look_up_payment", ordered, read_payment, paid, reads=True),
)
