"""Cash fraud, ghost vendors, a confirmation that is lost, an account that changes: seen in the partner's own books."""

from typing import Any

import pytest
from sqlmodel import select

from api.cli.answers.money import paper, quotes
from api.cli.answers.reintegration import vendor
from api.cli.cast import Life
from models.money import Payee
from models.queries.money import anomalies, check_books
from models.reintegration import Evidence
from models.stage import Role
from tests.journeys.house import Living
from workflows.commands import Refused


def a_life(area: str = "Kutaisi") -> Life:
    """Somebody who goes home with a passport."""
    return Life("goes home", "completed", "GE", area, "Nino", "Beridze", "ნინო ბერიძე")


def orders(alone: Living) -> list[dict[str, Any]]:
    """The payments as the partner's office has them."""
    return alone.simulators.truth()["partner_nadia"]["payments"]


def payee_named(alone: Living, code: str) -> Payee:
    """The newest account of a code."""
    with alone.house.database.reading() as session:
        return session.exec(select(Payee).where(Payee.code == code).order_by(Payee.id)).all()[-1]  # type: ignore[arg-type]


def books(alone: Living) -> list[str]:
    """What does not balance."""
    with alone.house.database.reading() as session:
        return check_books(session)[1]


def odd(alone: Living) -> str:
    """What should be looked at."""
    with alone.house.database.reading() as session:
        return "\n".join(anomalies(session))


def begun(alone: Living, area: str = "Kutaisi") -> str:
    """A case whose vendors nobody has verified yet."""
    alone.unanswered |= {"payee_check", "payee_review"}
    ref = alone.begin(a_life(area))
    alone.until(ref, "reintegration.vendor")
    return ref


def test_failure_cash_fraud_ghost_vendor(alone: Living) -> None:
    alone.unanswered |= {"quotes", "payee_check", "payee_review", "money_difference", "claw_back_decision"}
    ref = alone.begin(a_life())
    alone.until(ref, "reintegration.quotes")
    line = next(one.line for one in alone.facts(ref).instalments or () if one.kind == "equipment")
    said = quotes(alone.lives[ref], line, alone.clock.now().date())
    for shop in said["vendors"]:  # three names, one account: a ghost that bids against itself
        shop["account"] = "XX00-ge-tools"
    with pytest.raises(Refused) as one_paper:
        alone.say(ref, "quotes", said | {"quotes": [q | {"sha256": paper("same")} for q in said["quotes"]]},
                  Role.COUNSELLOR)  # fmt: skip
    assert one_paper.value.code == "quotes"
    alone.say(ref, "quotes", said, Role.COUNSELLOR)
    ghost = payee_named(alone, "ge-tools")
    for code in ("ge-tools", "ge-homes"):
        known = payee_named(alone, code).id
        alone.say(ref, "payee_check", {"about": known, "verified": True, "how": "register"}, Role.OPERATIONS)
    alone.until(ref, "reintegration.shared_account")
    assert "the same account stands under another name" in alone.explained(ref)
    assert "the same account stands for ge-market, ge-smith, ge-tools" in odd(alone)
    assert all(one["order"]["payee_reference"] != str(ghost.id) for one in orders(alone))
    with pytest.raises(Refused) as role:  # who brought the vendor in cannot wave it through
        alone.say(ref, "payee_review", {"about": ghost.id, "allowed": True, "reason": "mine"}, Role.COUNSELLOR)
    assert role.value.code == "role"
    alone.say(ref, "payee_review", {"about": ghost.id, "allowed": False, "reason": "ghost"}, Role.SUPERVISOR)
    alone.until(ref, "reintegration.other_payee")
    alone.unanswered.clear()
    alone.say(ref, "payee", vendor(alone.lives[ref], "ge-tools") | {"account": "XX77-real"}, Role.COUNSELLOR)
    alone.until(ref, "reintegration.delivered")
    assert str(ghost.id) not in {one["order"]["payee_reference"] for one in orders(alone)}
    assert books(alone) == []


def test_failure_cash_fraud_found_by_a_visit(alone: Living) -> None:
    alone.unanswered |= {"money_difference", "claw_back_decision"}
    ref = alone.begin(a_life())
    alone.until(ref, "reintegration.delivered")
    paid = next(one for one in alone.facts(ref).instalments or () if one.kind == "equipment")
    alone.say(ref, "spot_check", {"about": paid.id, "outcome": "different"}, Role.MONITORING)
    alone.until(ref, "reintegration.difference")
    assert f"a visit found otherwise than the certificate of instalment {paid.id}" in odd(alone)
    fraud = {"about": f"visit.{paid.id}", "cause": "fraud_suspected"}
    alone.say(ref, "money_difference", fraud, Role.OPERATIONS)
    alone.say(ref, "claw_back", {"about": paid.id, "amount_eur": "300", "cause": "fraud"}, Role.OPERATIONS)
    proposal = alone.facts(ref).money.claw_backs[0]
    with pytest.raises(Refused) as eyes:
        alone.say(ref, "claw_back_decision", {"about": proposal, "approved": True}, Role.OPERATIONS)
    assert eyes.value.code == "four_eyes"
    assert "taking money back needs a second person's decision" in alone.explained(ref)
    before = alone.facts(ref).money.paid_eur
    alone.say(ref, "claw_back_decision", {"about": proposal, "approved": True}, Role.SUPERVISOR)
    assert alone.facts(ref).money.paid_eur == before - 300
    assert books(alone) == []


def test_failure_f27_payment_confirmation_lost(alone: Living) -> None:
    ref = alone.begin(a_life("Kutaisi LOSTPAYMENT"))
    alone.until(ref, "reintegration.delivered")
    known = {one["order"]["entitlement"]: one["status"] for one in orders(alone)}
    assert known == {one.id: "PAID" for one in alone.facts(ref).instalments or ()}
    with alone.house.database.reading() as session:
        receipts = session.exec(select(Evidence.sha256).where(Evidence.kind == "receipt")).all()
    assert sorted(receipts) == sorted(one["receipt_hash"] for one in orders(alone))
    assert len(orders(alone)) == 3  # one order for each, although every answer and every word of payment was lost
    assert alone.simulators.truth()["partner_nadia"]["duplicates"] == []
    assert books(alone) == []


def test_failure_f27_an_unclear_payment_is_never_ordered_again(alone: Living) -> None:
    alone.unanswered |= {"payment"}
    ref = alone.begin(a_life("Kutaisi UNCLEARPAYMENT"))
    alone.until(ref, "reintegration.payment_unclear")
    unclear = next(one for one in alone.facts(ref).instalments or () if one.payment == "ordered")
    assert "it is not ordered again" in alone.explained(ref)
    with pytest.raises(Refused) as guess:
        alone.say(ref, "payment", {"about": unclear.id, "outcome": "not_paid"}, Role.OPERATIONS)
    assert guess.value.code == "in_their_books"
    alone.say(ref, "payment", {"about": unclear.id, "outcome": "stop"}, Role.OPERATIONS)
    alone.until(ref, "reintegration.payment_failed")
    mine = [one for one in orders(alone) if one["order"]["entitlement"] == unclear.id]
    assert [one["status"] for one in mine] == ["CANCELLED"]
    paid = {"about": unclear.id, "outcome": "paid", "receipt": paper("receipt")}
    with pytest.raises(Refused) as eyes:
        alone.say(ref, "payment", paid, Role.SUPERVISOR)  # who approved cannot pay
    assert eyes.value.code == "four_eyes"
    alone.say(ref, "payment", paid, Role.OPERATIONS)
    assert books(alone) == []


def test_failure_s3_changed_account(alone: Living) -> None:
    ref = begun(alone)
    first = payee_named(alone, "ge-tools")
    for code in ("ge-tools", "ge-homes"):
        alone.say(ref, "payee_check", {"about": payee_named(alone, code).id, "verified": True, "how": "register"},
                  Role.OPERATIONS)  # fmt: skip
    alone.say(ref, "payee", vendor(alone.lives[ref], "ge-tools") | {"account": "XX99-other"}, Role.COUNSELLOR)
    assert "reintegration.changed_account" in alone.codes(ref)
    changed = payee_named(alone, "ge-tools")
    tools = {one.id for one in alone.facts(ref).instalments or () if one.kind == "equipment"}
    for _ in range(40):
        alone.step()
    assert not [one for one in orders(alone) if one["order"]["entitlement"] in tools]
    alone.say(ref, "payee_check", {"about": changed.id, "verified": True, "how": "called_back"}, Role.OPERATIONS)
    alone.until(ref, "reintegration.delivered")
    paid_to = {one["order"]["payee_reference"] for one in orders(alone) if one["order"]["entitlement"] in tools}
    assert paid_to == {str(changed.id)}
    assert str(first.id) not in paid_to


def test_failure_s22_a_payment_nobody_ordered_is_a_task(alone: Living) -> None:
    alone.unanswered |= {"money_difference"}
    ref = alone.begin(a_life("Kutaisi GHOSTPAYMENT"))
    alone.until(ref, "reintegration.difference")
    assert "the partner's books and ours differ" in alone.explained(ref)
    key = alone.facts(ref).money.differences[0]
    assert key.startswith("unknown.pay_")
    alone.say(ref, "money_difference", {"about": key, "cause": "fraud_suspected"}, Role.OPERATIONS)
    assert alone.facts(ref).money.differences == ()


def test_arrived_met_and_safe_are_told_apart(alone: Living) -> None:
    alone.unanswered |= {"safe_arrival"}
    ref = alone.begin(a_life())
    alone.until(ref, "reintegration.no_plan")
    facts = alone.facts(ref)
    assert (facts.returned, facts.arrival.met_by, facts.arrival.safe_at) == (True, "partner", None)
    assert "Safe: not known" in alone.explained(ref)
    alone.until(ref, "arrival.not_safe_yet")
    crowded = {"reached": True, "reached_at": alone.clock.now(), "safe": True, "in_private": False}
    alone.say(ref, "safe_arrival", crowded, Role.COUNSELLOR)
    assert alone.facts(ref).arrival.safe_at is None
    alone.say(ref, "safe_arrival", crowded | {"in_private": True}, Role.COUNSELLOR)
    assert alone.facts(ref).arrival.safe_at is not None
    assert "Güvende: " in alone.explained(ref, "tr")
