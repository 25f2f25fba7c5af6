"""Beside follow-up: danger is looked into at once, whatever the score; surveys are asked when somebody was reached."""

from typing import Any

import pytest

from models.stage import Role, Stage
from tests.factories import DAY, NOW, RULES, facts
from workflows import facts as f
from workflows.duties.follow_up import duties
from workflows.facts.contact import Attempt, Contact, Loss, Vital
from workflows.standing import Duty

VICTIM = f.Screening(NOW - 90 * DAY, "possible", False, False)


def there(**over: Any) -> f.Facts:
    """Arrived half a year ago."""
    known = {"boarding": "boarded", "departed_at": NOW - 200 * DAY, "arrived_at": NOW - 190 * DAY}
    return facts(**{**known, **over})


def of(known: f.Facts, question: str) -> list[Duty]:
    """The duties of a kind."""
    return [duty for duty in duties(known) if duty.asking.question == question]


def test_a_plain_no_is_looked_into_at_once_and_holds_the_closing() -> None:
    (duty,) = of(there(check_ins=(f.CheckIn("month_3", True, False),)), "safety_review")
    assert (duty.stage, duty.asking.role, duty.asking.subject) == (Stage.FOLLOW_UP, Role.PROTECTION_OFFICER, "month_3")
    assert duty.asking.until == NOW + RULES.time("emergency")
    assert duty.is_open(NOW)
    assert duty.holds_closure


@pytest.mark.parametrize("safe", [True, None])
def test_who_is_safe_or_did_not_say_raises_none(safe: bool | None) -> None:
    assert of(there(check_ins=(f.CheckIn("month_3", True, safe),)), "safety_review") == []


def test_the_task_ends_with_the_review_of_exactly_that_answer() -> None:
    two = (f.CheckIn("month_1", True, False), f.CheckIn("month_3", True, False))
    (left,) = of(there(check_ins=two, reviewed=frozenset({"month_1"})), "safety_review")
    assert left.asking.subject == "month_3"


@pytest.mark.parametrize(("result", "victim", "count"), [
    ("third_party", True, 1), ("third_party", False, 0), ("unsafe_to_talk", True, 1), ("unsafe_to_talk", False, 1),
    ("no_answer", True, 0), ("wrong_number", True, 0), ("refused", True, 0),
])  # fmt: skip
def test_s19_signals(result: str, victim: bool, count: int) -> None:
    heard = Contact(attempts=(Attempt("a1", NOW, "phone", result, "month_3"),))
    known = there(contact=heard, screening=VICTIM if victim else None)
    assert len(of(known, "safety_review")) == count
    assert of(there(contact=heard, screening=VICTIM, reviewed=frozenset({"signal.a1"})), "safety_review") == []


def test_alarming_answers_are_looked_into_one_by_one() -> None:
    both = of(there(contact=Contact(alarms=("r1", "r2"))), "safety_review")
    assert [duty.asking.subject for duty in both] == ["survey.r1", "survey.r2"]


def test_a_visit_to_who_is_silent_is_also_a_look_at_their_safety_once() -> None:
    visits = tuple(Attempt(f"v{n}", NOW - n * DAY, "visit", "no_answer", "month_3") for n in (3, 2))
    (duty,) = of(there(contact=Contact(attempts=visits)), "safety_review")
    assert duty.asking.subject == "silent.v3"
    spoken = there(contact=Contact(attempts=visits, spoken_at=NOW - DAY))
    assert of(spoken, "safety_review") == []


def asked(known: f.Facts) -> set[str]:
    """What is asked of the person beside the check-in."""
    return {
        d.asking.question
        for d in duties(known)
        if d.asking.question in ("survey", "satisfaction", "migration_intention")
    }


@pytest.mark.parametrize(("point", "questions"), [
    ("month_3", set()), ("month_6", {"survey", "migration_intention"}),
    ("month_12", {"survey", "satisfaction", "migration_intention"}),
])  # fmt: skip
def test_surveys_are_asked_at_their_points_when_the_person_was_reached(point: str, questions: set[str]) -> None:
    assert asked(there(check_ins=(f.CheckIn(point, True, True),))) == questions
    assert asked(there()) == set()
    done = Contact(surveyed=frozenset({point}), rated=frozenset({point}), intended=frozenset({point}))
    assert asked(there(check_ins=(f.CheckIn(point, True, True),), contact=done)) == set()


def test_nobody_who_left_or_is_out_of_reach_is_surveyed() -> None:
    said = (f.CheckIn("month_6", True, True),)
    assert asked(there(check_ins=said, contact=Contact(remigrated_at=NOW))) == set()
    lost = Contact(losses=(Loss(NOW, "unreachable"),), spoken_at=NOW - DAY)
    assert asked(there(check_ins=said, contact=lost)) == set()


@pytest.mark.parametrize(("agreed", "count"), [(None, 1), (True, 0), (False, 0)])
def test_a_second_person_is_asked_before_an_authority_is_told(agreed: bool | None, count: int) -> None:
    found = of(there(contact=Contact(vital=(Vital("w1", agreed),))), "vital_interest_review")
    assert len(found) == count
    assert all(duty.asking.role is Role.SUPERVISOR for duty in found)
