"""Orders an instalment through the partner once (S3), stops it, and compares the partner's books with ours (S22)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from integrations.partner import BookedPayment, PaymentOrder, PaymentStatus
from models.case import Case
from models.effect import Effect
from models.handover import Handover
from models.money import Move
from models.reconciliation import Reconciliation
from models.reintegration import Evidence, Instalment
from workflows import books
from workflows.actions.partner_find import find
from workflows.actions.people import subject_row
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Action, Letter, NotNow


def order(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Amount, what for, to which verified account, and the handover that the partner knows the person by."""
    row = subject_row(session, Instalment, effect)
    known = next((one for one in facts.instalments or () if one.id == str(row.id)), None)
    if facts.handover is None or known is None or known.payee is None:
        raise NotNow("no partner received the person, or nobody is named who is paid")
    handover = session.get_one(Handover, UUID(facts.handover.id))
    said = PaymentOrder(
        handover_reference=handover.reference, entitlement=str(row.id), amount=row.amount, currency=row.currency,
        label_code=row.label, payee_kind=known.payee.kind, payee_reference=known.payee.id,
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
        books.move(session, row, Move.ORDERED, "sila", now, reference=reference)


def to_stop(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The order that the partner is to cancel."""
    row = subject_row(session, Instalment, effect)
    if facts.handover is None or row.payment_reference is None:
        raise NotNow("nothing was ordered")
    return {"partner": facts.handover.partner, "reference": row.payment_reference}


def cancel(world: World, letter: Letter) -> str:
    """Stop it, unless it was handed over."""
    said = letter.body
    return world.partners[said["partner"]].cancel_payment(said["reference"], key=letter.key).status.value


def cancelled(session: Session, case: Case, effect: Effect, letter: Letter, said: Any, now: datetime) -> None:
    """The partner's books say that nothing was paid: only now may it be paid in another way."""
    row = subject_row(session, Instalment, effect)
    books.settled(session, row, "failed", "partner", now)


def whose_books(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The partner and the handover that its list is asked for."""
    if facts.handover is None:
        raise NotNow("no partner received the person")
    handover = session.get_one(Handover, UUID(facts.handover.id))
    return {"partner": handover.partner, "reference": handover.reference}


def read_books(world: World, letter: Letter) -> tuple[BookedPayment, ...]:
    """Their list."""
    return world.partners[letter.body["partner"]].payments_of(letter.body["reference"])


def compared(
    session: Session, case: Case, effect: Effect, letter: Letter, theirs: tuple[BookedPayment, ...], now: datetime
) -> None:
    """Keep how many match, and what does not."""
    query = select(Instalment).where(Instalment.case_id == case.id, Instalment.journey == case.journey)
    ours = session.exec(query).all()
    papers = select(Evidence).where(Evidence.case_id == case.id, Evidence.kind == "receipt")
    receipts = {str(paper.instalment_id): paper.sha256 for paper in session.exec(papers)}
    found = sorted({key[:60] for key in differences(ours, theirs, receipts)})
    session.add(
        Reconciliation(
            case_id=case.id, journey=case.journey, at=now, by="sila", subject=effect.subject,
            partner=letter.body["partner"], read=len(theirs), matched=max(0, len(theirs) - len(found)),
            differences=found,
        )
    )  # fmt: skip


def differences(
    ours: Sequence[Instalment], theirs: Iterable[BookedPayment], receipts: Mapping[str, str]
) -> Iterable[str]:
    """One key for each payment that has no counterpart, or another one: what is wrong, and with which."""
    by_id, paid = {str(row.id): row for row in ours}, set()
    for one in theirs:
        row = by_id.get(one.entitlement)
        if row is None:
            yield f"unknown.{one.reference}"
        elif one.status is PaymentStatus.HANDED_OVER:
            if one.entitlement in paid or row.by_hand:
                yield f"paid_twice.{one.reference}"
            elif (one.amount, one.currency) != (row.amount, row.currency):
                yield f"other_amount.{one.reference}"
            elif one.receipt_hash != receipts.get(one.entitlement, one.receipt_hash):
                yield f"other_receipt.{one.reference}"
            paid.add(one.entitlement)
    for row in ours:
        if row.payment_status == "handed_over" and not row.by_hand and str(row.id) not in paid:
            yield f"missing.{row.payment_reference or row.id}"


ACTIONS = (
    Action("order_payment", order, pay, ordered, find, repeats=True),
    Action("cancel_payment", to_stop, cancel, cancelled, find, repeats=True),
    Action("reconcile_payments", whose_books, read_books, compared, reads=True),
)
