"""Each area that makes the simulated office misbehave (README.md of the partner)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from integrations.errors import OutcomeUnknown, PartnerRefused
from integrations.partner import HandoverStatus, PaymentOrder, PaymentStatus


def order(handover: str) -> PaymentOrder:
    return PaymentOrder(
        handover_reference=handover,
        entitlement="e1",
        amount=Decimal("10"),
        currency="EUR",
        label_code="rent",
        payee_kind="vendor",
        payee_reference="p1",
    )


def land(office, partner, arrival, key, reference):
    lands = datetime.now(UTC) + timedelta(days=2)
    package = arrival(lands)
    partner.send_package(reference, package, key=key())
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED
    office.set_clock(lands + timedelta(minutes=31))
    office.settle()
    return package


def test_the_ordinary_way(office, partner, accepted, arrival, caught, key):
    reference = accepted("Kabul")
    package = land(office, partner, arrival, key, reference)
    view = partner.look_up(reference)
    assert (view.status, view.met, view.package_hash) == (HandoverStatus.RECEIVED, True, package.seal())
    assert caught.events() == ["handover.accepted", "handover.arrival_confirmed", "handover.received"]
    assert caught.notices()[2].package_hash == package.seal()


def test_silent(office, partner, preview, question, caught, key):
    offer = partner.offer(preview("silent"), key=key())
    asked = partner.ask_country_input(question("Silent"), key=key())
    partner.remind(offer.reference, to="manager", about="answer", key=key())
    office.settle()
    assert partner.look_up(offer.reference).status is HandoverStatus.OFFERED
    assert partner.look_up_country_input(asked).safe is None
    assert caught.got == []


def test_declines(office, partner, preview, caught, key):
    reference = partner.offer(preview("DECLINES"), key=key()).reference
    office.settle()
    assert partner.look_up(reference).reason_code == "no_capacity"
    assert caught.events() == ["handover.declined"]


def test_a_magic_word_may_be_meant_for_another_office(office, partner, preview, key):
    theirs = partner.offer(preview("DECLINES @tariq"), key=key()).reference
    ours = partner.offer(preview("DECLINES @nadia", case_code="other"), key=key()).reference
    office.settle()
    assert partner.look_up(theirs).status is HandoverStatus.ACCEPTED
    assert partner.look_up(ours).status is HandoverStatus.DECLINED


def test_asks(office, partner, preview, caught, key):
    reference = partner.offer(preview("ASKS"), key=key()).reference
    office.settle()
    view = partner.look_up(reference)
    assert (view.status, view.question_code) == (HandoverStatus.ASKED_BACK, "need_details")
    partner.answer(reference, "shelter comes first", key=key())
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED
    assert caught.events() == ["handover.asked_back", "handover.accepted"]
    with pytest.raises(PartnerRefused) as error:
        partner.answer(reference, "again", key=key())
    assert error.value.code == "no_open_question"


def test_slow(office, partner, preview, key):
    reference = partner.offer(preview("SLOW"), key=key()).reference
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.OFFERED
    office.set_clock(datetime.now(UTC) + timedelta(days=2, minutes=1))
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED


def test_twice(office, partner, accepted, arrival, caught, key):
    land(office, partner, arrival, key, accepted("TWICE"))
    notices = caught.notices()
    assert len(notices) == 6
    assert len({one.id for one in notices}) == 3
    events = [one.event for one in notices]
    assert events.index("handover.received") < events.index("handover.arrival_confirmed")


def test_late(office, partner, preview, key):
    reference = partner.offer(preview("LATE"), key=key()).reference
    assert office.http.get("/_sim/pending").json() == {"pending": 1}
    assert partner.look_up(reference).status is HandoverStatus.OFFERED
    office.settle()
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED


def test_unsafe(office, partner, question, caught, key):
    asked = partner.ask_country_input(question("UNSAFE"), key=key())
    office.settle()
    assert partner.look_up_country_input(asked).safe is False
    assert [(one.reference, one.safe) for one in caught.notices()] == [(asked, False)]


def test_noshow(office, partner, accepted, arrival, caught, key):
    reference = accepted("NOSHOW")
    land(office, partner, arrival, key, reference)
    assert partner.look_up(reference).status is HandoverStatus.NO_SHOW
    assert caught.events() == ["handover.accepted", "handover.no_show"]


def test_lostreply(office, partner, preview, key):
    once = key()
    with pytest.raises(OutcomeUnknown):
        partner.offer(preview("LOSTREPLY"), key=once)
    found = partner.find(once)
    assert found is not None
    assert partner.offer(preview("LOSTREPLY"), key=once).reference == found.reference
    assert len(office.truth()["handovers"]) == 1


def test_quietafter(office, partner, accepted, arrival, key):
    reference = accepted("QUIETAFTER")
    land(office, partner, arrival, key, reference)
    assert partner.look_up(reference).status is HandoverStatus.ACCEPTED


def test_garbage(office, partner, accepted, caught):
    accepted("GARBAGE")
    first, second = (body for body, _ in caught.got)
    assert b"handover.weather" in first
    assert b"handover.accepted" in second
    with pytest.raises(ValueError, match="not a message we know"):
        caught.notices()


def test_notpaid(office, partner, accepted, caught, key):
    reference = accepted("NOTPAID")
    failed = partner.order_payment(order(reference), key=key()).reference
    office.settle()
    view = partner.look_up_payment(failed)
    assert (view.status, view.reason_code) == (PaymentStatus.FAILED, "not_reached")
    partner.order_payment(order(reference), key=key())
    office.settle()
    assert caught.events() == ["handover.accepted", "payment.failed", "payment.handed_over"]
    assert caught.notices()[2].amount == Decimal("10")
    assert office.truth()["duplicates"] == []


def test_tampered(partner, accepted, identity, key):
    receipt = partner.send_package(accepted("TAMPERED"), identity, key=key())
    assert receipt.package_hash != identity.seal()


def test_two_open_offers_of_one_case_are_a_duplicate(office, partner, preview, key):
    for _ in range(2):
        partner.offer(preview(), key=key())
    assert office.truth()["duplicates"] == [{"two_open_handovers": "c0ffee"}]


def test_a_webhook_is_sent_again_until_it_is_taken(office, partner, accepted, caught):
    caught.refusals = 2
    accepted("Kabul")
    assert caught.events() == ["handover.accepted"] * 3
    assert len({one.id for one in caught.notices()}) == 1
    assert office.truth()["given_up"] == []


def test_a_webhook_is_signed_with_the_office_s_own_clock(office, partner, preview, caught, key):
    moved = datetime.now(UTC) + timedelta(days=100)
    office.set_clock(moved)
    partner.offer(preview(arrival_to=moved.date() + timedelta(days=30)), key=key())
    office.settle()
    signed = int(caught.got[0][1]["webhook-timestamp"])
    assert abs(signed - moved.timestamp()) < 30
