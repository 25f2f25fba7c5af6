"""Beside intake: channels are confirmed in time, needs cannot wait, the vulnerable are judged."""

from datetime import timedelta
from typing import Any

import pytest

from models.stage import Role
from tests.factories import DAY, NOW, RULES, a_person, facts
from workflows import facts as f
from workflows.duties import duties

LIMIT = RULES.time("contact_confirmed")
AHEAD = RULES.time("contact_confirm_ahead")


def a_channel(**over: Any) -> f.Channel:
    """A number for messages, confirmed now."""
    known: dict[str, Any] = {
        "id": "c1", "person": a_person().id, "kind": "sms", "zone": "Europe/Istanbul", "from_hour": 9, "to_hour": 21,
        "messages": True, "verified_at": NOW,
    }  # fmt: skip
    return f.Channel(**{**known, **over})


def codes(known: f.Facts) -> set[str]:
    """What must be seen to now."""
    return {duty.asking.why.code for duty in duties(known) if duty.is_open(known.now)}


@pytest.mark.parametrize(
    ("age", "asked"),
    [
        (LIMIT - AHEAD - timedelta(seconds=1), False),
        (LIMIT - AHEAD, True),
        (LIMIT + 30 * DAY, True),
    ],
)
def test_f24_a_channel_is_to_be_confirmed_before_it_grows_stale(age: timedelta, asked: bool) -> None:
    known = facts(intake=f.Intake(channels=(a_channel(verified_at=NOW - age),)))
    assert ("intake.contact_unconfirmed" in codes(known)) is asked


@pytest.mark.parametrize(("age", "used"), [(LIMIT - timedelta(seconds=1), True), (LIMIT, False), (LIMIT + DAY, False)])
def test_f24_a_stale_channel_is_not_used(age: timedelta, used: bool) -> None:
    known = f.Intake(channels=(a_channel(verified_at=NOW - age),))
    assert (known.reach(a_person().id, NOW, LIMIT) is not None) is used


def test_s19_a_number_that_may_only_be_called_gets_no_message_and_a_fallback_does() -> None:
    phone, email = a_channel(kind="phone", messages=False), a_channel(id="c2", kind="email")
    reached = f.Intake(channels=(phone, email)).reach(a_person().id, NOW, LIMIT)
    assert reached is not None
    assert reached.id == "c2"


def test_without_any_channel_the_person_is_asked_once() -> None:
    assert "intake.no_contact" in codes(facts())
    assert "intake.no_contact" not in codes(facts(intake=f.Intake(stopped="none_safe")))
    assert "intake.no_contact" not in codes(facts(intake=f.Intake(channels=(a_channel(),))))


@pytest.mark.parametrize("word", ["unsafe", "duress"])
def test_s19_a_stop_is_a_task_for_protection_within_a_day(word: str) -> None:
    duty = next(d for d in duties(facts(intake=f.Intake(stopped=word))) if d.asking.question == "contact_change")
    assert duty.asking.role is Role.PROTECTION_OFFICER
    assert duty.asking.until == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("need", "role"),
    [("medical", Role.MEDICAL_OFFICER), ("safety", Role.PROTECTION_OFFICER), ("shelter", Role.COUNSELLOR)],
)
def test_an_urgent_need_goes_at_once_to_whom_the_list_names_and_holds_closure(need: str, role: Role) -> None:
    known = facts(intake=f.Intake(urgent_needs=(f.UrgentNeed("n1", need),)))
    duty = next(d for d in duties(known) if d.asking.question == "urgent_need")
    assert (duty.asking.role, duty.asking.subject) == (role, "n1")
    assert duty.is_open(NOW)
    assert duty.holds_closure
    assert duty.asking.until == NOW + timedelta(hours=6)


def test_the_vulnerable_are_judged_by_a_person_and_then_no_more() -> None:
    screened = f.Screening(NOW, "none", True, False)
    assert "intake.not_judged" in codes(facts(screening=screened))
    judged = f.Intake(vulnerability=f.Vulnerability(NOW, "low", "high"))
    assert "intake.not_judged" not in codes(facts(screening=screened, intake=judged))
    assert "intake.not_judged" not in codes(facts())


def test_nothing_is_asked_without_consent() -> None:
    assert not {code for code in codes(facts(data_consent=False)) if code.startswith("intake.")}
