"""Instalments at their edges: claims, quotes, proofs, accounts, caps, second eyes, and what is unclear."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.stage import Role, Stage, Track
from tests.factories import DAY, NOW, a_booking, a_handover, a_person, an_effect, facts
from workflows import facts as f
from workflows.caps import FAMILY, caps_of, over, sums_of
from workflows.decide import decide_stage
from workflows.gates.reintegration import claim_end
from workflows.standing import Asking, Doing, Standing, Waiting, reason_of

MINE = a_person().id
VENDOR = f.Payee("p1", "vendor", "bank", verified=True)
LINE = {"line": "l1", "person": MINE, "kind": "equipment", "trigger": "quote_approved"}


def an_instalment(**over: Any) -> f.Instalment:
    """Due, quoted, proved, to a verified vendor, approved, and not ordered yet."""
    known: dict[str, Any] = {
        "id": "i1", "due_on": NOW.date(), "approved": True, "payment": None, "changed_at": NOW - DAY,
        "amount_eur": Decimal(300), "line_eur": Decimal(600), "quotes": 3, "proofs": frozenset({"invoice"}),
        "payee": VENDOR, "claim_from": NOW - 30 * DAY, **LINE,
    }  # fmt: skip
    return f.Instalment(**{**known, **over})


def there(*instalments: f.Instalment, **over: Any) -> f.Facts:
    """Arrived, with a plan in force."""
    known: dict[str, Any] = {
        "boarding": "boarded", "departed_at": NOW - DAY, "arrived_at": NOW - DAY / 2,
        "bookings": (a_booking(departs_at=NOW - DAY),), "handovers": (a_handover(status="received"),),
        "instalments": instalments, "money": f.Money(plan="v1", version=1),
    }  # fmt: skip
    return facts(**{**known, **over})


def stand(*instalments: f.Instalment, **over: Any) -> Standing:
    """Where the stage stands."""
    return decide_stage(there(*instalments, **over), Stage.REINTEGRATION)


def asked(standing: Standing) -> tuple[str, Role, str]:
    """What is asked, of whom, and why."""
    assert isinstance(standing, Asking), standing
    return standing.question, standing.role, standing.why.code


def test_a_version_waits_for_a_second_person_before_anything_is_paid() -> None:
    pending = f.Money(plan="v1", version=1, pending="v2")
    assert asked(stand(an_instalment(), money=pending)) == (
        "plan_approval", Role.SUPERVISOR, "reintegration.plan_approval",
    )  # fmt: skip


def test_an_instalment_waits_for_its_day_and_is_due_on_it() -> None:
    tomorrow = stand(an_instalment(due_on=(NOW + DAY).date(), approved=False))
    assert isinstance(tomorrow, Waiting)
    assert tomorrow.until == datetime.combine((NOW + DAY).date(), time(), tzinfo=NOW.tzinfo)
    assert isinstance(stand(an_instalment()), Doing)


GATES = [
    ("two quotes are not three", {"quotes": 2}, "quotes", Role.COUNSELLOR, "reintegration.quotes"),
    ("evidence of the trigger", {"proofs": frozenset()}, "evidence", Role.COUNSELLOR, "reintegration.evidence"),
    (
        "a photo and a report of the visit", {"trigger": "premises_visited", "proofs": frozenset({"visit_report"})},
        "evidence", Role.COUNSELLOR, "reintegration.evidence",
    ),
    (
        "s3 a vendor nobody verified", {"payee": replace(VENDOR, verified=None)},
        "payee_check", Role.OPERATIONS, "reintegration.vendor",
    ),
    (
        "s3 a changed account", {"payee": replace(VENDOR, verified=None, changed=True)},
        "payee_check", Role.OPERATIONS, "reintegration.changed_account",
    ),
    (
        "an account that is not the payee's", {"payee": replace(VENDOR, verified=False)},
        "payee", Role.COUNSELLOR, "reintegration.other_payee",
    ),
    (
        "one account under two names", {"payee": replace(VENDOR, shared=True)},
        "payee_review", Role.SUPERVISOR, "reintegration.shared_account",
    ),
    (
        "an account that was refused", {"payee": replace(VENDOR, shared=True, allowed=False)},
        "payee", Role.COUNSELLOR, "reintegration.other_payee",
    ),
    ("s8 second eyes", {"approved": False}, "instalment_approval", Role.SUPERVISOR, "reintegration.approval"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("over", "question", "role", "code"), [row[1:] for row in GATES], ids=[row[0] for row in GATES]
)
def test_s3_money_moves_only_when_nothing_is_missing(
    over: dict[str, Any], question: str, role: Role, code: str
) -> None:
    assert asked(stand(an_instalment(**over))) == (question, role, code)


def test_quotes_are_needed_above_the_threshold_and_not_at_it() -> None:
    assert isinstance(stand(an_instalment(quotes=0, line_eur=Decimal(500))), Doing)
    assert asked(stand(an_instalment(quotes=0, line_eur=Decimal("500.01"))))[0] == "quotes"
    assert isinstance(stand(an_instalment(quotes=0, kind="housing")), Doing)  # one lease, one landlord


def test_a_victims_money_to_a_relative_is_looked_at_by_protection() -> None:
    victim = f.Screening(NOW - 40 * DAY, "actual", True, False)
    relative = an_instalment(payee=f.Payee("p2", "relative", "bank", verified=True))
    assert asked(stand(relative, screening=victim)) == (
        "payee_review", Role.PROTECTION_OFFICER, "reintegration.others_account",
    )  # fmt: skip
    assert isinstance(stand(relative), Doing)
    allowed = replace(relative, payee=f.Payee("p2", "relative", "bank", verified=True, allowed=True))
    assert isinstance(stand(allowed, screening=victim), Doing)


def test_cash_to_the_person_needs_no_account() -> None:
    cash = an_instalment(kind="cash", trigger="on_arrival", proofs=frozenset({"identity_check"}),
                         payee=f.Payee("p3", "person", "cash"))  # fmt: skip
    assert isinstance(stand(cash), Doing)


def test_s3_what_no_longer_fits_under_a_cap_must_be_planned_anew() -> None:
    beside = there().people[0].id
    full = f.Money(plan="v1", version=1, approved={("person", beside): Decimal("2315.01")})
    assert asked(stand(an_instalment(approved=False), money=full))[2] == "reintegration.over_cap"
    just = f.Money(plan="v1", version=1, approved={("person", beside): Decimal(2315)})
    assert asked(stand(an_instalment(approved=False), money=just))[0] == "instalment_approval"


def test_f36_what_was_granted_elsewhere_counts() -> None:
    known = there(intake=f.Intake(grants_elsewhere=Decimal(2500)))
    assert caps_of(known)[FAMILY] == Decimal(1500)
    assert over(known, sums_of([(MINE, "equipment", Decimal(115))])) is None
    assert over(known, sums_of([(MINE, "equipment", Decimal(116))])) == ("person", MINE)


def test_a_claim_ends_after_its_months_and_not_a_day_before() -> None:
    late = an_instalment(approved=False, claim_from=NOW)
    end = claim_end(there(late), late)
    assert (end.month, end.day, end.year) == (NOW.month, NOW.day, NOW.year + 1)
    before = decide_stage(there(late, now=end - timedelta(seconds=1)), Stage.REINTEGRATION)
    assert asked(before)[0] == "instalment_approval"
    on = decide_stage(there(late, now=end), Stage.REINTEGRATION)
    assert asked(on) == ("claim_end", Role.SUPERVISOR, "reintegration.claim_over")
    assert asked(stand(replace(late, claim_from=NOW - 400 * DAY, extended_to=(NOW + DAY).date())))[0] != "claim_end"


def test_what_lapsed_is_not_paid_and_holds_nothing_up() -> None:
    assert reason_of(stand(an_instalment(ended=True, approved=False))).code == "reintegration.delivered"


def test_one_that_stands_still_holds_up_no_other() -> None:
    still = an_instalment(id="i0", proofs=frozenset(), approved=False)
    standing = stand(still, an_instalment())
    assert isinstance(standing, Doing)
    assert standing.subject == "i1"


def test_in_place_somebody_pays_by_hand() -> None:
    here = facts(track=Track.IN_PLACE, instalments=(an_instalment(),), supports=frozenset({("shelter", "1")}),
                 money=f.Money(plan="v1"))  # fmt: skip
    assert asked(decide_stage(here, Stage.REINTEGRATION))[2] == "reintegration.pay_by_hand"


ORDERED = an_instalment(payment="ordered", changed_at=NOW)
SENT = an_effect(action="order_payment", subject="i1")


def test_f27_an_order_is_waited_for_then_asked_about_and_never_given_again() -> None:
    waiting = stand(ORDERED, effects=(SENT,))
    assert isinstance(waiting, Waiting)
    late = replace(ORDERED, changed_at=NOW - 14 * DAY)
    read = an_effect(action="look_up_payment", subject="i1.14")
    assert asked(stand(late, effects=(SENT, read)))[2] == "reintegration.payment_unclear"
    assert isinstance(stand(late, effects=(SENT,)), Doing)  # their books first
    for days in range(60):
        standing = stand(replace(ORDERED, changed_at=NOW - days * DAY), effects=(SENT,))
        assert getattr(standing, "action", "") != "order_payment"


def test_an_order_that_is_to_stop_is_cancelled_at_the_partner() -> None:
    standing = stand(replace(ORDERED, stop_asked=True), effects=(SENT,))
    assert isinstance(standing, Doing)
    assert standing.action == "cancel_payment"


def test_s22_the_partners_books_are_compared_after_each_payment() -> None:
    paid = an_instalment(payment="handed_over")
    first = stand(paid, effects=(SENT,))
    assert isinstance(first, Doing)
    assert (first.action, first.subject) == ("reconcile_payments", "1.1.0")
    done = f.Money(plan="v1", compared=frozenset({"1.1.0"}))
    assert reason_of(stand(paid, effects=(SENT,), money=done)).code == "reintegration.delivered"
    unread = an_effect(action="reconcile_payments", subject="1.1.0", state="rejected")
    assert asked(stand(paid, effects=(SENT, unread)))[0] == "reconciliation"
