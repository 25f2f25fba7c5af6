"""The partner's books against ours, one to one: what is missing, unknown, paid twice, or otherwise."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from integrations.partner import BookedPayment, PaymentStatus
from models.reintegration import Instalment
from workflows.actions.reintegration import differences

AT = datetime(2026, 3, 2, tzinfo=UTC)


def ours(**over: Any) -> Instalment:
    """An instalment that the partner handed over, as we have it."""
    known: dict[str, Any] = {
        "id": uuid4(), "case_id": uuid4(), "at": AT, "by": "c", "journey": 1, "plan_id": uuid4(), "line_id": uuid4(),
        "ordinal": 1, "label": "equipment", "amount": Decimal(300), "currency": "EUR", "due_on": AT.date(),
        "payment_reference": "pay_1", "payment_status": "handed_over", "by_hand": False,
    }  # fmt: skip
    return Instalment(**{**known, **over})


def theirs(row: Instalment, **over: Any) -> BookedPayment:
    """The same in their list."""
    known: dict[str, Any] = {
        "reference": "pay_1", "status": PaymentStatus.HANDED_OVER, "entitlement": str(row.id), "amount": row.amount,
        "currency": row.currency, "handed_over_on": date(2026, 3, 2), "receipt_hash": "a" * 64,
    }  # fmt: skip
    return BookedPayment(**{**known, **over})


ROW = ours()
CASES: list[tuple[str, Instalment, list[BookedPayment], list[str]]] = [
    ("one to one", ROW, [theirs(ROW)], []),
    ("what is only ordered is no difference", ours(payment_status="ordered"), [], []),
    ("we have it, they do not", ROW, [], ["missing.pay_1"]),
    ("they have it as ordered only", ROW, [theirs(ROW, status=PaymentStatus.ORDERED)], ["missing.pay_1"]),
    ("another amount", ROW, [theirs(ROW, amount=Decimal(301))], ["other_amount.pay_1"]),
    ("another currency", ROW, [theirs(ROW, currency="USD")], ["other_amount.pay_1"]),
    ("another receipt", ROW, [theirs(ROW, receipt_hash="b" * 64)], ["other_receipt.pay_1"]),
    ("paid twice by them", ROW, [theirs(ROW), theirs(ROW, reference="pay_2")], ["paid_twice.pay_2"]),
    ("nobody ordered it", ROW, [theirs(ROW), theirs(ROW, entitlement="x", reference="pay_9")], ["unknown.pay_9"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "listed", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_s22_each_payment_has_its_counterpart(row: Instalment, listed: list[BookedPayment], found: list[str]) -> None:
    assert list(differences([row], listed, {str(row.id): "a" * 64})) == found


def test_s22_paid_by_hand_and_by_the_partner_is_paid_twice() -> None:
    row = ours(by_hand=True)
    assert list(differences([row], [theirs(row)], {})) == ["paid_twice.pay_1"]
