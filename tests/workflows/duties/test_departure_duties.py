"""Who did not fly, or is held on the way, is looked after at once: the tasks by outcome and cause."""

from typing import Any

import pytest

from models.stage import Role
from tests.factories import DAY, NOW, a_booking, facts
from workflows.duties.departure import duties
from workflows.facts.travel import Gate, Incident, Travel
from workflows.pathways.tables.departure import NotFlown
from workflows.records import FACTS


def tasks(outcome: str, cause: str = "unknown", **over: Any) -> dict[str, Role]:
    """What is to be done, and by whom."""
    travel = Travel(gate=Gate(1, outcome, cause, NOW), **over)
    return {duty.asking.question: duty.asking.role for duty in duties(facts(bookings=(a_booking(),), travel=travel))}


@pytest.mark.parametrize(
    ("outcome", "cause", "expected"),
    [
        ("no_show", "unknown", {"safe_contact", "tell_partner"}),
        ("no_show", "abduction_feared", {"safe_contact", "tell_partner"}),
        ("no_show", "late", {"tell_partner"}),
        ("denied", "name_mismatch", {"shelter_tonight", "tell_partner", "document_review"}),
        ("denied", "document", {"shelter_tonight", "tell_partner", "document_review"}),
        ("denied", "medical", {"shelter_tonight", "tell_partner", "medical_review"}),
        ("denied", "behaviour", {"shelter_tonight", "tell_partner"}),
        ("offloaded", "overbooked", {"shelter_tonight", "tell_partner"}),
        ("turned_back", "transit_visa", {"shelter_tonight", "welfare_contact", "tell_partner"}),
        ("boarded", "unknown", set()),
    ],
)
def test_each_outcome_and_cause_has_its_tasks(outcome: str, cause: str, expected: set[str]) -> None:
    assert set(tasks(outcome, cause)) == expected


def test_safe_contact_is_a_protection_officers_within_two_hours() -> None:
    travel = Travel(gate=Gate(1, "no_show", "unknown", NOW))
    contact = next(one for one in duties(facts(travel=travel)) if one.asking.question == "safe_contact")
    assert contact.asking.role is Role.PROTECTION_OFFICER
    assert contact.asking.until - NOW == facts().rules.time("safe_contact") == DAY / 12


def test_what_was_done_is_not_asked_again() -> None:
    done = frozenset({("safe_contact", "no_show.1")})
    assert set(tasks("no_show", tasks=done)) == {"tell_partner"}


def test_who_is_held_on_the_way_is_looked_after_until_they_arrive() -> None:
    travel = Travel(incidents=(Incident("i1", "transit_visa", "held_there", NOW),))
    gone = {"travel": travel, "departed_at": NOW - DAY / 4, "boarding": "boarded", "bookings": (a_booking(),)}
    asked = {duty.asking.question for duty in duties(facts(**gone))}
    assert asked == {"duty_line", "welfare_contact", "onward_ticket", "tell_partner"}
    assert list(duties(facts(**gone, arrived_at=NOW))) == []


def test_every_task_of_the_rules_can_be_answered() -> None:
    assert {row.task for row in facts().rules.rows(NotFlown)} <= set(FACTS)
