"""Who sits in which booking: everybody once, each child with an adult, never two who must not meet."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.stage import Stage
from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.parties import parties
from workflows.stages.flight_booking import undo
from workflows.standing import Doing, reason_of


def a_family(adults: int, children: int) -> tuple[f.Traveller, ...]:
    """The principal with other adults and children."""
    others = [a_person(id=f"a{number}", principal=False) for number in range(1, adults)]
    return (a_person(id="a0"), *others, *(a_child(id=f"c{number}") for number in range(children)))


def kept_apart(*ids: str) -> Any:
    """Intake facts that separate somebody."""
    return SimpleNamespace(separated_from=frozenset(ids))


@given(st.integers(1, 12), st.integers(0, 12), st.sets(st.sampled_from(["a1", "a2"]), max_size=2))
def test_everybody_has_one_seat_and_no_child_sits_alone(adults: int, children: int, away: set[str]) -> None:
    known = replace(facts(people=a_family(adults, children)), intake=kept_apart(*away))
    groups = parties(known)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in known.people)
    assert groups[0][0].principal
    for group in groups:
        ids = {one.id for one in group}
        assert not (ids & away) or ids <= away
        if any(one.is_child(NOW.date()) for one in group):
            assert any(not one.is_child(NOW.date()) and one.id not in away for one in group)
        if children <= 8 * len([one for one in known.people if one.id.startswith("a") and one.id not in away]):
            assert len(group) <= 9


def test_most_families_sit_in_one_booking() -> None:
    assert len(parties(facts(people=a_family(2, 3)))) == 1
    assert [len(group) for group in parties(facts(people=a_family(2, 9)))] == [9, 2]


def test_the_plan_goes_first() -> None:
    plan = f.JourneyPlan(NOW - DAY, (NOW + 14 * DAY).date(), (("a1", "c0"), ("a0",)))
    groups = parties(facts(people=a_family(2, 1), plan_of_journey=plan))
    assert [[one.id for one in group] for group in groups] == [["a0"], ["a1", "c0"]]


def test_a_ticket_on_which_two_must_not_meet_is_given_back() -> None:
    known = facts(people=a_family(2, 0), bookings=(a_booking(people=frozenset({"a0", "a1"})),))
    assert undo(known) is None
    given_back = undo(replace(known, intake=kept_apart("a1")))
    assert isinstance(given_back, Doing)
    assert given_back.action == "cancel_booking"


def test_s2_seats_are_held_for_one_part_after_the_other_and_paid_when_all_have_theirs() -> None:
    plan = f.JourneyPlan(NOW - DAY, (NOW + 14 * DAY).date(), (("a0",), ("a1", "c0")))
    people = tuple(replace(one, best_interests=True) for one in a_family(2, 1))
    held = a_booking(status="held", people=frozenset({"a0"}))
    other = a_booking(id="b2", part=2, status="held", people=frozenset({"a1", "c0"}))
    known = facts(people=people, plan_of_journey=plan, bookings=(held,))
    first = decide_stage(known, Stage.FLIGHT_BOOKING)
    assert isinstance(first, Doing)
    assert (first.action, first.subject) == ("search_flights", "1.2")
    both = decide_stage(replace(known, bookings=(held, other)), Stage.FLIGHT_BOOKING)
    assert isinstance(both, Doing)
    assert (both.action, both.subject) == ("pay_ticket", "b1")


def test_who_has_no_seat_keeps_the_gate_closed() -> None:
    known = facts(people=a_family(2, 0), bookings=(a_booking(people=frozenset({"a0"})),))
    assert reason_of(decide_stage(known, Stage.DEPARTURE)).code == "booking.seat_missing"
    assert reason_of(decide_stage(known, Stage.FLIGHT_BOOKING)).code == "booking.seat_missing"
