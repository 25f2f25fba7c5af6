"""Flight booking decides: tries and searches, refusals, what the airline takes away, tickets nobody flew with."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from models.stage import Stage
from tests.factories import DAY, NOW, a_booking, a_person, an_effect, facts
from workflows import facts as f
from workflows.decide import decide_stage
from workflows.facts.travel import Approval, Change, Gate, Travel
from workflows.standing import Doing, Done, Standing, Waiting, reason_of

HOUR = DAY / 24
PAST_PLAN = f.JourneyPlan(NOW - DAY, (NOW - DAY).date())


def stand(**over: Any) -> Standing:
    """Where the stage stands."""
    return decide_stage(facts(**over), Stage.FLIGHT_BOOKING)


def word(standing: Standing) -> str:
    """The action or the question."""
    return getattr(standing, "action", "") or getattr(standing, "question", "") or type(standing).__name__


def an_offer(number: int = 1, **over: Any) -> f.Offer:
    """A flight one can hold, of search ``number``."""
    known = {"price": Decimal(300), "expires_at": NOW + HOUR, "connections": 0, "can_hold": True}
    return f.Offer(**{"id": f"o{number}", "round": number, **known, **over})


def a_search(**over: Any) -> f.Effect:
    """A search that ended just now."""
    return an_effect(**{"id": "s", "action": "search_flights", "subject": "1", "at": NOW, **over})


def a_hold(**over: Any) -> f.Effect:
    """A hold refused an hour ago."""
    return an_effect(**{"id": "h", "state": "rejected", "at": NOW - HOUR, "code": "offer_expired", **over})


@pytest.mark.parametrize("code", ["name_too_long", "name_not_printable", "validation_required", "insufficient_balance"])
def test_what_no_offer_can_mend_goes_to_the_travel_desk_at_once(code: str) -> None:
    assert word(stand(effects=(a_hold(code=code),), offers=(an_offer(2),))) == "desk_booking"


@pytest.mark.parametrize("code", ["offer_expired", "offer_no_longer_available"])
def test_a_dead_offer_is_searched_for_again_and_held_under_the_next_key(code: str) -> None:
    hold = a_hold(code=code)
    assert word(stand(effects=(hold, a_search(at=NOW - 2 * HOUR)), offers=(an_offer(),))) == "search_flights"
    again = stand(effects=(hold, a_search()), offers=(an_offer(), an_offer(2)))
    assert isinstance(again, Doing)
    assert (again.action, again.generation) == ("hold_seats", 2)


def test_three_refusals_are_enough() -> None:
    assert word(stand(effects=(a_hold(generation=3),))) == "desk_booking"


def test_a_search_is_used_for_one_try_in_the_whole_journey() -> None:
    confirmed = a_hold(state="confirmed", code=None)
    given_up = {"bookings": (a_booking(status="lapsed"),), "rebooked": frozenset({(1, 1)})}
    at_once = {"effects": (confirmed, a_search(at=confirmed.at)), "offers": (an_offer(),)}
    assert word(stand(**given_up, **at_once)) == "search_flights"
    assert word(stand(**given_up, effects=(confirmed, a_search()), offers=(an_offer(2),))) == "hold_seats"


def test_offers_for_an_older_plan_are_not_held() -> None:
    assert word(stand(effects=(a_search(at=NOW - 2 * DAY),), offers=(an_offer(),))) == "search_flights"


def test_a_try_that_did_nothing_is_repeated_under_its_key_with_a_fresh_offer() -> None:
    waiting = a_hold(state="intended", next_try_at=NOW + HOUR)
    assert isinstance(stand(effects=(waiting, a_search()), offers=(an_offer(2),)), Waiting)
    due = a_hold(state="intended")
    assert word(stand(effects=(due, a_search(at=NOW - 2 * HOUR)), offers=(an_offer(),))) == "search_flights"
    again = stand(effects=(due, a_search()), offers=(an_offer(), an_offer(2)))
    assert isinstance(again, Doing)
    assert (again.action, again.generation) == ("hold_seats", 1)


@pytest.mark.parametrize("over", [{"plan_of_journey": PAST_PLAN}, {}])
def test_s2_an_unknown_hold_comes_before_the_desk_and_a_new_plan(over: dict[str, Any]) -> None:
    paper = f.Document("laissez_passer", (NOW + 90 * DAY).date())
    people = tuple(f.Traveller(**{**vars(person), "documents": (paper,)}) for person in facts().people)
    unsure = a_hold(state="unknown", next_try_at=NOW + HOUR, code="offer_request_already_booked")
    assert isinstance(stand(effects=(unsure,), people=people, **over), Waiting)


def test_a_day_that_is_over_is_not_searched_again() -> None:
    lost = {"bookings": (a_booking(status="airline_cancelled"),), "rebooked": frozenset({(1, 1)})}
    back = an_effect(action="cancel_booking", subject="b1")
    assert word(stand(**lost, plan_of_journey=PAST_PLAN, effects=(back,))) == "journey_plan"


def test_a_flight_taken_away_is_asked_back_once_and_booked_anew_by_a_person() -> None:
    lost = {"bookings": (a_booking(status="airline_cancelled"),)}
    claimed = an_effect(action="cancel_booking", subject="b1")
    waits = an_effect(action="cancel_booking", subject="b1", state="intended", next_try_at=NOW + HOUR)
    assert word(stand(**lost)) == "cancel_booking"
    told = an_effect(id="m", action="send_flight_change", subject="b1.0")
    assert word(stand(**lost, effects=(waits,))) == "send_flight_change"
    assert word(stand(**lost, effects=(waits, told))) == "rebook"
    assert word(stand(**lost, effects=(claimed, told))) == "rebook"
    assert word(stand(**lost, effects=(claimed,), contact_hours=("Europe/Istanbul", 20, 22))) == "rebook"
    assert word(stand(**lost, effects=(claimed,), rebooked=frozenset({(1, 1)}))) == "search_flights"


def test_a_refused_claim_is_a_persons_once_there_is_a_new_ticket() -> None:
    two = (a_booking(status="airline_cancelled"), a_booking(id="b2", generation=2))
    refused = an_effect(action="cancel_booking", subject="b1", state="rejected")
    assert word(stand(bookings=two, rebooked=frozenset({(1, 1)}), effects=(refused,))) == "desk_cancellation"
    done = an_effect(action="cancel_booking", subject="b1")
    assert isinstance(stand(bookings=two, rebooked=frozenset({(1, 1)}), effects=(done,)), Done)


@pytest.mark.parametrize("hours", [71, 47, 1])
def test_a_ticket_is_looked_at_before_departure(hours: int) -> None:
    leaves = NOW + hours * HOUR
    near = {"departs_at": leaves, "arrives_at": leaves + 3 * HOUR}
    assert word(stand(bookings=(a_booking(**near, looked_at=NOW - 2 * DAY),))) == "look_up_booking"
    assert isinstance(stand(bookings=(a_booking(**near),)), Done)
    assert isinstance(stand(bookings=(a_booking(**near, looked_at=NOW - 2 * DAY, route="desk"),)), Done)
    failed = an_effect(action="look_up_booking", subject="b1", state="intended", next_try_at=NOW + HOUR)
    assert isinstance(stand(bookings=(a_booking(**near, looked_at=NOW - 2 * DAY),), effects=(failed,)), Waiting)


@pytest.mark.parametrize("outcome", ["no_show", "denied", "offloaded"])
def test_a_ticket_nobody_flew_with_is_given_back_before_a_person_decides(outcome: str) -> None:
    missed = {"boarding": outcome}
    old = {"departs_at": NOW - HOUR, "arrives_at": NOW}
    assert word(stand(**missed, bookings=(a_booking(**old),))) == "cancel_booking"
    refused = an_effect(action="cancel_booking", subject="b1", state="rejected")
    assert word(stand(**missed, bookings=(a_booking(**old),), effects=(refused,))) == "desk_cancellation"
    assert word(stand(**missed, bookings=(a_booking(**old, route="desk"),))) == "desk_cancellation"
    assert word(stand(**missed, bookings=(a_booking(**old, status="cancelled"),))) == "rebook"


def approved(up_to: int, *, currency: str = "EUR", at: datetime = NOW) -> Travel:
    """A supervisor's word on a price."""
    return Travel(approvals=(Approval(Decimal(up_to), currency, at),))


@pytest.mark.parametrize(
    ("price", "currency", "travel", "what"),
    [
        (900, "EUR", Travel(), "hold_seats"),
        (901, "EUR", Travel(), "price_approval"),
        (901, "EUR", approved(901), "hold_seats"),
        (902, "EUR", approved(901), "price_approval"),
        (300, "USD", Travel(), "price_approval"),
        (300, "USD", approved(300), "price_approval"),
        (300, "USD", approved(300, currency="USD"), "hold_seats"),
        (901, "EUR", approved(901, at=NOW - 2 * DAY), "price_approval"),
    ],
)
def test_f18_an_approval_holds_for_one_currency_and_the_plan_that_was_searched_for(
    price: int, currency: str, travel: Travel, what: str
) -> None:
    offer = an_offer(price=Decimal(price), currency=currency)
    assert word(stand(offers=(offer,), travel=travel)) == what


def test_f18_a_price_that_rose_after_the_hold_is_read_asked_about_and_paid_under_a_new_key() -> None:
    refused = an_effect(action="pay_ticket", subject="b1", state="rejected", code="price_changed", at=NOW - HOUR)
    before = a_booking(status="held", looked_at=NOW - DAY)
    assert word(stand(bookings=(before,), effects=(refused,))) == "look_up_booking"
    dearer = a_booking(status="held", repriced_at=NOW, price=Decimal(330))
    assert word(stand(bookings=(dearer,), effects=(refused,))) == "price_approval"
    old_word = approved(5000, at=NOW - HOUR)
    assert word(stand(bookings=(dearer,), effects=(refused,), travel=old_word)) == "price_approval"
    paying = stand(bookings=(dearer,), effects=(refused,), travel=approved(330))
    assert isinstance(paying, Doing)
    assert (paying.action, paying.generation) == ("pay_ticket", 2)


def test_f17_a_hold_that_ran_out_is_read_and_a_person_decides_before_another_is_made() -> None:
    lapsed = an_effect(action="pay_ticket", subject="b1", state="rejected", code="hold_lapsed", at=NOW - HOUR)
    assert (
        word(stand(bookings=(a_booking(status="held", looked_at=NOW - DAY),), effects=(lapsed,))) == "look_up_booking"
    )
    void = {"bookings": (a_booking(status="lapsed"),), "effects": (lapsed,)}
    assert word(stand(**void)) == "rebook"
    assert word(stand(**void, rebooked=frozenset({(1, 1)}))) == "search_flights"


def test_who_did_not_come_is_asked_before_another_ticket_is_bought() -> None:
    missed = {
        "boarding": "no_show", "bookings": (a_booking(status="cancelled"),), "rebooked": frozenset({(1, 1)}),
        "travel": Travel(gate=Gate(1, "no_show", "unknown", NOW - HOUR)),
    }  # fmt: skip
    assert word(stand(**missed)) == "reconfirmation"
    assert word(stand(**missed, people=(a_person(reconfirmed_at=NOW - DAY),))) == "reconfirmation"
    assert word(stand(**missed, people=(a_person(reconfirmed_at=NOW),))) == "search_flights"


def test_no_route_that_the_rules_allow_is_a_movement_officers_to_solve() -> None:
    shunned = Travel(shunned=frozenset({("ZZ", "1", NOW)}))
    flown = f.Leg("ZZ", "1", "IST", "TBS", "TR", "GE", NOW, NOW + HOUR, NOW, NOW + HOUR)
    asked = stand(offers=(an_offer(legs=(flown,)),), effects=(a_search(),), travel=shunned)
    assert word(asked) == "journey_plan"
    assert reason_of(asked).code == "offer.apart"


def a_change(minutes: int, **over: Any) -> Travel:
    """The airline moved the ticketed flight."""
    return Travel(changes=(Change("c1", "b1", minutes, **{"accepted": None, "at": NOW, **over}),))


@pytest.mark.parametrize(("minutes", "what"), [(59, "accept_change"), (60, "accept_change"), (61, "schedule_change")])
def test_f19_a_small_change_of_times_is_accepted_and_a_larger_one_is_a_persons(minutes: int, what: str) -> None:
    assert word(stand(bookings=(a_booking(),), travel=a_change(minutes))) == what


def test_f19_a_change_that_a_person_took_is_told_to_the_airline_and_then_to_the_person() -> None:
    known = {"bookings": (a_booking(),)}
    assert word(stand(**known, travel=a_change(300, decided=True))) == "accept_change"
    taken = a_change(300, decided=True, accepted=True)
    assert word(stand(**known, travel=taken)) == "send_flight_change"
    told = an_effect(action="send_flight_change", subject="b1.1")
    assert isinstance(stand(**known, travel=taken, effects=(told,)), Done)
    not_taken = {"travel": a_change(300, accepted=False), "rebooked": frozenset({(1, 1)})}
    assert word(stand(**known, **not_taken)) == "cancel_booking"
    refused = an_effect(action="accept_change", subject="b1.1", state="rejected")
    assert word(stand(**known, travel=a_change(10), effects=(refused,))) == "schedule_change"


def test_f19_a_new_time_opens_the_gates_of_the_day_again() -> None:
    fit = f.Fitness(True, NOW.date(), (NOW + 14 * DAY).date())
    known = {"people": (a_person(fitness=fit),)}
    assert isinstance(decide_stage(facts(**known, bookings=(a_booking(),)), Stage.HEALTH), Done)
    later = a_booking(departs_at=NOW + 15 * DAY, arrives_at=NOW + 15 * DAY)
    assert reason_of(decide_stage(facts(**known, bookings=(later,)), Stage.DEPARTURE)).code == "health.not_cleared"


def test_l3_a_price_can_be_approved_though_the_offer_has_ended_meanwhile() -> None:
    ended = an_offer(price=Decimal(2000), expires_at=NOW - HOUR)
    assert word(stand(offers=(ended,), effects=(a_search(at=NOW - 2 * HOUR),))) == "price_approval"


def test_effects_whose_subject_is_no_number_are_no_holds() -> None:
    other = an_effect(action="send_flight_change", subject="1.sms.0190b6a0-0000-7000-8000-000000000001")
    assert word(stand(offers=(an_offer(),), effects=(a_search(), other))) == "hold_seats"
