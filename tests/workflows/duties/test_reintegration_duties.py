"""The first days, the month for a plan, claims that end, books and visits: each duty on its day."""

from dataclasses import replace
from typing import Any

import pytest

from models.stage import Role
from tests.factories import DAY, NOW, RULES, facts
from tests.workflows.stages.test_reintegration import an_instalment, there
from workflows import facts as f
from workflows.duties.reintegration import duties, in_sample
from workflows.standing import Duty

SAFE = f.Arrival(met_at=NOW, met_by="partner", safe_at=NOW, safe_by="partner")


def of(known: f.Facts, question: str) -> Duty | None:
    """The duty of a kind, if there is one."""
    return next((duty for duty in duties(known) if duty.asking.question == question), None)


def test_arrived_is_not_yet_met() -> None:
    duty = of(there(), "meeting")
    assert duty
    assert (duty.asking.role, duty.is_open(NOW)) == (Role.PROTECTION_OFFICER, True)
    assert of(there(arrival=f.Arrival(met_at=NOW)), "meeting") is None


def test_met_is_not_yet_safe() -> None:
    met = there(arrival=f.Arrival(met_at=NOW, met_by="partner"), arrived_at=NOW)
    duty = of(met, "safe_arrival")
    assert duty
    assert duty.opens_at == NOW + DAY
    assert of(there(arrival=SAFE), "safe_arrival") is None


def test_somebody_who_says_that_they_are_not_safe_is_seen_at_once() -> None:
    duty = of(there(arrival=f.Arrival(met_at=NOW, unsafe_at=NOW, tried_at=NOW)), "safety_review")
    assert duty
    assert duty.asking.why.code == "arrival.unsafe"
    seen = there(arrival=f.Arrival(met_at=NOW, unsafe_at=NOW, tried_at=NOW), reviewed=frozenset({"safe_arrival"}))
    assert of(seen, "safety_review") is None


@pytest.mark.parametrize(("days", "question"), [(6.9, "safe_arrival"), (7, "safety_review"), (8, "safety_review")])
def test_not_reached_in_the_first_week_goes_to_protection(days: float, question: str) -> None:
    tried = f.Arrival(met_at=NOW - 8 * DAY, tried_at=NOW - DAY / 4)
    known = there(arrival=tried, arrived_at=NOW - days * DAY)
    kinds = {duty.asking.question for duty in duties(known)} & {"safe_arrival", "safety_review"}
    assert kinds == {question}


def test_after_a_failed_try_it_is_tried_again_a_day_later() -> None:
    tried = f.Arrival(met_at=NOW - 2 * DAY, tried_at=NOW)
    duty = of(there(arrival=tried, arrived_at=NOW - 2 * DAY), "safe_arrival")
    assert duty
    assert duty.opens_at == NOW + DAY


@pytest.mark.parametrize(("days", "is_open"), [(22.9, False), (23, True)])
def test_the_supervisor_hears_a_week_before_the_month_for_the_plan_is_over(days: float, is_open: bool) -> None:
    duty = of(there(instalments=None, money=f.Money(), arrived_at=NOW - days * DAY), "plan_delay")
    assert duty
    assert duty.is_open(NOW) is is_open


@pytest.mark.parametrize(("days", "is_open"), [(334, False), (335, True)])
def test_the_person_is_told_a_month_before_a_claim_ends(days: int, is_open: bool) -> None:
    late = an_instalment(approved=False, claim_from=NOW - days * DAY)
    duty = of(there(late, arrival=SAFE), "claim_reminder")
    assert duty
    assert duty.is_open(NOW) is is_open
    assert of(there(replace(late, reminded=True), arrival=SAFE), "claim_reminder") is None


def test_what_other_instalments_need_is_asked_beside() -> None:
    one, two = an_instalment(proofs=frozenset()), an_instalment(id="i2", proofs=frozenset())
    asked = [
        duty.asking.subject for duty in duties(there(one, two, arrival=SAFE)) if duty.asking.question == "evidence"
    ]
    assert asked == ["i2"]


def test_the_sample_is_drawn_by_the_entry_and_is_about_its_share() -> None:
    known = facts()
    drawn = [in_sample(known, f.SpotCheck("i", f"entry {number}", NOW)) for number in range(4000)]
    assert 0.08 < sum(drawn) / len(drawn) < 0.12
    assert drawn == [in_sample(known, f.SpotCheck("i", f"entry {number}", NOW)) for number in range(4000)]


def test_a_payment_in_the_sample_is_visited_before_the_case_is_closed() -> None:
    entry = next(str(number) for number in range(500) if in_sample(facts(), f.SpotCheck("i1", str(number), NOW)))
    known: dict[str, Any] = {"arrival": SAFE}
    duty = of(there(money=f.Money(spot_checks=(f.SpotCheck("i1", entry, NOW),)), **known), "spot_check")
    assert duty
    assert (duty.opens_at, duty.holds_closure) == (NOW + RULES.time("spot_check_after"), True)
    seen = f.Money(spot_checks=(f.SpotCheck("i1", entry, NOW, "confirmed"),))
    assert of(there(money=seen, **known), "spot_check") is None


def test_s22_a_difference_is_a_task_of_its_own() -> None:
    duty = of(there(money=f.Money(differences=("unknown.pay_1",)), arrival=SAFE), "money_difference")
    assert duty
    assert duty.asking.subject == "unknown.pay_1"
