"""Each verb of a partner over a real socket, and what a key promises."""

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from integrations.errors import PartnerRefused
from integrations.partner import FoundKind, HandoverStatus, PaymentOrder, PaymentStatus


def order(handover: str, entitlement: str = "e1", amount: str = "1500.50") -> PaymentOrder:
    return PaymentOrder(
        handover_reference=handover,
        entitlement=entitlement,
        amount=Decimal(amount),
        currency="EUR",
        label_code="rent",
        payee_kind="vendor",
        payee_reference="p1",
    )


def test_a_country_question_is_answered(office, partner, question, key):
    reference = partner.ask_country_input(question("Kabul"), key=key())
    assert partner.look_up_country_input(reference).safe is None
    office.settle()
    assert partner.look_up_country_input(reference).safe is True


def test_remind_and_recall(office, partner, accepted, key):
    reference = accepted()
    partner.remind(reference, to="focal_point", about="answer", key=key())
    assert partner.recall(reference, "consent_withdrawn", key=key()).status is HandoverStatus.RECALLED
    truth = office.truth()
    assert truth["reminders"] == [{"handover": reference, "to": "focal_point", "about": "answer"}]
    assert truth["recalls"] == [{"handover": reference, "reason_code": "consent_withdrawn"}]


def test_a_reason_for_a_recall_is_no_sentence(partner, key):
    with pytest.raises(ValueError, match="reason_code") as error:
        partner.recall("ho_1", "Ayşe fears her uncle", key=key())
    assert "Ayşe" not in str(error.value)


def test_a_recalled_offer_is_not_accepted_later(office, partner, preview, key):
    reference = partner.offer(preview("SLOW"), key=key()).reference
    partner.recall(reference, "consent_withdrawn", key=key())
    office.set_clock(datetime.now(UTC) + timedelta(days=3))
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.RECALLED


def test_an_offer_nobody_answers_expires_with_its_window(office, partner, preview, key):
    reference = partner.offer(preview("SILENT"), key=key()).reference
    office.set_clock(datetime.now(UTC) + timedelta(days=40))
    assert partner.look_up(reference).status is HandoverStatus.EXPIRED


def test_a_payment_is_handed_over_once(office, partner, accepted, key):
    reference, once = accepted(), key()
    first = partner.order_payment(order(reference), key=once)
    assert first.status is PaymentStatus.ORDERED
    assert partner.order_payment(order(reference), key=once).reference == first.reference
    office.settle()
    view = partner.look_up_payment(first.reference)
    assert view.status is PaymentStatus.HANDED_OVER
    assert view.receipt_hash == hashlib.sha256(first.reference.encode()).hexdigest()
    truth = office.truth()
    assert [one["order"]["amount"] for one in truth["payments"]] == ["1500.50"]
    assert truth["duplicates"] == []


def test_an_entitlement_paid_twice_is_a_duplicate(office, partner, accepted, key):
    reference = accepted()
    for _ in range(2):
        partner.order_payment(order(reference), key=key())
    office.settle()
    assert office.truth()["duplicates"] == [{"entitlement_paid_twice": "e1"}]


def test_a_payment_can_be_cancelled_until_it_is_handed_over(office, partner, accepted, key):
    reference = accepted()
    paid = partner.order_payment(order(reference), key=key())
    office.settle()
    with pytest.raises(PartnerRefused) as error:
        partner.cancel_payment(paid.reference, key=key())
    assert error.value.code == "already_handed_over"


def test_a_cancelled_payment_is_never_handed_over(office, partner, accepted, key):
    payment = partner.order_payment(order(accepted()), key=key())
    assert partner.cancel_payment(payment.reference, key=key()).status is PaymentStatus.CANCELLED
    office.settle()
    assert partner.look_up_payment(payment.reference).status is PaymentStatus.CANCELLED


def test_no_payment_for_a_handover_that_is_not_open(partner, preview, key):
    reference = partner.offer(preview("SILENT"), key=key()).reference
    with pytest.raises(PartnerRefused) as error:
        partner.order_payment(order(reference), key=key())
    assert error.value.code == "handover_not_open"


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "1.2345"])
def test_an_amount_is_a_positive_number(amount):
    with pytest.raises(ValidationError):
        order("ho_1", amount=amount)


def test_a_key_is_honoured_and_found(partner, preview, key):
    once = key()
    first = partner.offer(preview(), key=once)
    assert partner.offer(preview(), key=once).reference == first.reference
    found = partner.find(once)
    assert found is not None
    assert (found.kind, found.reference) == (FoundKind.HANDOVER, first.reference)
    assert partner.find(key()) is None


def test_every_change_is_found_by_its_key(office, partner, preview, question, identity, key):
    keys = [key() for _ in range(8)]
    partner.ask_country_input(question("Kabul"), key=keys[0])
    reference = partner.offer(preview("ASKS"), key=keys[1]).reference
    office.settle()
    partner.answer(reference, "shelter comes first", key=keys[2])
    office.settle()
    partner.send_package(reference, identity, key=keys[3])
    partner.remind(reference, to="manager", about="answer", key=keys[4])
    payment = partner.order_payment(order(reference), key=keys[5]).reference
    partner.cancel_payment(payment, key=keys[6])
    partner.recall(reference, "consent_withdrawn", key=keys[7])
    kinds = [found.kind.value for one in keys if (found := partner.find(one))]
    assert kinds == [
        "country_question", "handover", "answer", "package", "reminder", "payment", "payment_cancellation", "recall",
    ]  # fmt: skip


def test_a_key_with_another_request_is_refused(partner, preview, key):
    once = key()
    partner.offer(preview(), key=once)
    with pytest.raises(PartnerRefused) as error:
        partner.offer(preview("Herat"), key=once)
    assert error.value.code == "idempotency_key_reused"


def test_a_key_or_reference_that_could_break_out_is_never_sent(office, partner, preview):
    with pytest.raises(ValueError, match="letters"):
        partner.offer(preview(), key="a\r\nX: y")
    for odd in ("../payments/x", "", "a/b", "ho 1"):
        with pytest.raises(ValueError, match="letters"):
            partner.look_up(odd)
    assert office.truth()["handovers"] == []


def test_an_unknown_reference_is_refused(partner, key):
    for verb in (partner.look_up, partner.look_up_payment, partner.look_up_country_input):
        with pytest.raises(PartnerRefused) as error:
            verb("nothing")
        assert error.value.code == "not_found"
