"""Who sits in which booking: everybody once, each child with an adult, and nobody with strangers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.stage import Stage
from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.facts.travel import Travel
from workflows.parties import parties
from workflows.standing import Doing, reason_of


def a_family(adults: int, children: int) -> tuple[f.Traveller, ...]:
    """The principal with other adults and children."""
    others = [a_person(id=f"a{number}", principal=False) for number in range(1, adults)]
    return (a_person(id="a0"), *others, *(a_child(id=f"c{number}") for number in range(children)))


@given(st.integers(1, 12), st.integers(0, 30))
def test_everybody_has_one_seat_and_no_child_sits_alone(adults: int, children: int) -> None:
    known = facts(people=a_family(adults, children))
    groups = parties(known)
    assert sorted(one.id for group in groups for one in group) == sorted(one.id for one in known.people)
    assert groups[0][0].principal
    for group in groups:
        assert any(not one.is_child(NOW.date()) for one in group)
        assert len(group) <= 9 or children > 8 * adults


def test_most_families_sit_in_one_booking() -> None:
    assert len(parties(facts(people=a_family(2, 3)))) == 1
    assert [len(group) for group in parties(facts(people=a_family(2, 9)))] == [9, 2]


def test_the_plan_goes_first() -> None:
    plan = f.JourneyPlan(NOW - DAY, (NOW + 14 * DAY).date(), (("a1", "c0"), ("a0",)))
    groups = parties(facts(people=a_family(2, 1), plan_of_journey=plan))
    assert [[one.id for one in group] for group in groups] == [["a0"], ["a1", "c0"]]


def test_a_ticket_shared_with_somebody_who_no_longer_belongs_to_the_case_is_a_persons_to_give_up() -> None:
    known = facts(bookings=(a_booking(people=frozenset({a_person().id, "gone"})),))
    assert reason_of(decide_stage(known, Stage.FLIGHT_BOOKING)).code == "booking.stranger"
    given_up = decide_stage(replace(known, rebooked=frozenset({(1, 1)})), Stage.FLIGHT_BOOKING)
    assert isinstance(given_up, Doing)
    assert given_up.action == "cancel_booking"


def test_a_ticket_on_the_flight_of_somebody_kept_apart_is_a_persons_to_give_up() -> None:
    flown = f.Leg("ZZ", "1", "IST", "TBS", "TR", "GE", NOW + DAY, NOW + DAY, NOW, NOW)
    known = facts(bookings=(a_booking(legs=(flown,)),))
    assert decide_stage(known, Stage.FLIGHT_BOOKING) == decide_stage(
        facts(bookings=(a_booking(),)), Stage.FLIGHT_BOOKING
    )
    met = replace(known, travel=Travel(shunned=frozenset({("ZZ", "1", NOW + DAY)})))
    assert reason_of(decide_stage(met, Stage.FLIGHT_BOOKING)).code == "offer.apart"


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
