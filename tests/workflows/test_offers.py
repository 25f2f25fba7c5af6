"""Offers are weighed by the rules of routes: what rules one out, what costs it points, and in which order they come."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from workflows import facts as f
from workflows.facts.travel import Lesson, Travel
from workflows.offers import ranked, weighed_up
from workflows.reserving import best

ZONES = {
    "IST": ("Europe/Istanbul", "TR"), "TBS": ("Asia/Tbilisi", "GE"), "FRA": ("Europe/Berlin", "DE"),
    "DOH": ("Asia/Qatar", "QA"), "TIP": ("Africa/Tripoli", "LY"), "KBL": ("Asia/Kabul", "AF"),
}  # fmt: skip
MONDAY = datetime(2026, 3, 16, 9, 0, tzinfo=NOW.tzinfo)


def leg(start: str, end: str, departs: datetime, hours: float = 3, number: str = "1") -> f.Leg:
    """One flight."""
    arrives = departs + timedelta(hours=hours)
    zones = ZoneInfo(ZONES[start][0]), ZoneInfo(ZONES[end][0])
    clocks = [
        moment.astimezone(zone).replace(tzinfo=None) for moment, zone in zip((departs, arrives), zones, strict=True)
    ]
    return f.Leg("ZZ", number, start, end, ZONES[start][1], ZONES[end][1], departs, arrives, *clocks)


def an_offer(*legs: f.Leg, **over: Any) -> f.Offer:
    """A journey one can hold."""
    known = {"id": "o1", "round": 1, "price": Decimal(300), "expires_at": NOW + DAY, "can_hold": True}
    return f.Offer(**{**known, "connections": len(legs) - 1, "legs": legs, **over})


def over(hub: str, wait: float, at: datetime = MONDAY) -> f.Offer:
    """Istanbul to Tbilisi over a hub, with so many hours between the flights."""
    first = leg("IST", hub, at)
    return an_offer(first, leg(hub, "TBS", first.arrives_at + timedelta(hours=wait)))


def against(offer: f.Offer, **said: Any) -> list[str]:
    """What rules it out."""
    return [reason.code for reason in weighed_up(facts(**said), offer).against]


def with_travel(**said: Any) -> dict[str, Any]:
    """Facts about the journey."""
    return {"travel": Travel(**said)}


def test_a_direct_flight_by_day_keeps_every_rule() -> None:
    weighed = weighed_up(facts(), an_offer(leg("IST", "TBS", MONDAY)))
    assert (weighed.against, weighed.points) == ((), 0)
    assert {"offer.direct", "offer.daylight", "offer.partner_open", "offer.not_too_long"} == set(weighed.codes)


def test_nobody_changes_planes_in_a_listed_country() -> None:
    assert against(over("TIP", 3)) == ["offer.transit_listed"]


@pytest.mark.parametrize(("minutes", "short"), [(74, True), (75, False)])
def test_a_connection_is_as_long_as_the_airport_says(minutes: int, short: bool) -> None:
    assert ("offer.connection_short" in against(over("FRA", minutes / 60))) is short


@pytest.mark.parametrize(("minutes", "short"), [(59, True), (60, False)])
def test_and_elsewhere_as_long_as_the_house_says(minutes: int, short: bool) -> None:
    assert ("offer.connection_short" in against(over("DOH", minutes / 60))) is short


@pytest.mark.parametrize(
    ("nationality", "hub", "wait", "needed"),
    [("AFG", "FRA", 3, True), ("UZB", "FRA", 3, False), ("UZB", "FRA", 12.5, True), ("AFG", "DOH", 3, False)],
)
def test_a_transit_visa_by_nationality_country_and_length_of_the_stop(
    nationality: str, hub: str, wait: float, needed: bool
) -> None:
    said = with_travel(nationalities=frozenset({nationality}))
    assert ("offer.transit_visa" in against(over(hub, wait), **said)) is needed


@pytest.mark.parametrize(("leaves", "by_night"), [(18, True), (6, False)])
def test_no_night_is_spent_at_an_airport(leaves: int, by_night: bool) -> None:
    at = MONDAY.replace(hour=leaves)
    assert ("offer.night_stop" in against(over("DOH", 6, at))) is by_night


def test_too_long_a_journey() -> None:
    assert "offer.too_long" in against(over("DOH", 31))
    assert "offer.too_long" not in against(over("DOH", 29))


@pytest.mark.parametrize(
    ("hour", "code"), [(22, "offer.dark"), (23, "offer.daylight"), (12, "offer.daylight"), (13, "offer.dark")]
)
def test_daylight_is_by_the_clock_at_the_destination(hour: int, code: str) -> None:
    assert code in weighed_up(facts(), an_offer(leg("IST", "TBS", MONDAY.replace(hour=hour)))).codes


def test_the_receiving_office_is_closed_on_its_own_days_of_rest_and_holidays() -> None:
    friday = MONDAY + 4 * DAY
    assert "offer.partner_closed" in weighed_up(facts(), an_offer(leg("IST", "KBL", friday.replace(hour=5)))).codes
    assert "offer.partner_open" in weighed_up(facts(), an_offer(leg("IST", "TBS", friday))).codes
    holiday = datetime(2026, 5, 26, 9, 0, tzinfo=NOW.tzinfo)  # Georgia's Independence Day, a Tuesday
    assert "offer.partner_closed" in weighed_up(facts(), an_offer(leg("IST", "TBS", holiday))).codes


def test_what_was_learned_holds_for_the_same_nationality_and_document_only() -> None:
    lesson = Lesson("QA", "DOH", "AFG", "passport")
    for nationality, refused in (("AFG", True), ("UZB", False)):
        said = with_travel(nationalities=frozenset({nationality}), lessons=(lesson,))
        assert ("offer.refused_before" in against(over("DOH", 3), **said)) is refused


def test_a_child_alone_flies_direct_and_not_before_five() -> None:
    direct, changing = an_offer(leg("IST", "TBS", MONDAY)), over("DOH", 3)
    child = a_child(principal=True)
    small = a_child(principal=True, born_on=(MONDAY - 4 * 365 * DAY).date())
    assert against(direct, people=(child,)) == []
    assert against(changing, people=(child,)) == ["offer.minor_refused"]
    assert against(direct, people=(small,)) == ["offer.minor_refused"]
    assert against(changing, people=(a_person(), small)) == []


def test_a_soft_rule_costs_points_and_the_price_comes_after_them() -> None:
    dear = an_offer(leg("IST", "TBS", MONDAY), id="dear", price=Decimal(500))
    cheap = over("DOH", 3)
    same = an_offer(leg("IST", "TBS", MONDAY), id="same", price=Decimal(400))
    assert [one.offer.id for one in ranked(facts(offers=(cheap, dear, same)))] == ["same", "dear", "o1"]


def test_somebody_kept_apart_sits_on_no_flight_of_this_person() -> None:
    offer = an_offer(leg("IST", "TBS", MONDAY))
    shunned = frozenset({("ZZ", "1", MONDAY)})
    assert against(offer, **with_travel(shunned=shunned)) == ["offer.apart"]


def test_a_family_in_two_bookings_flies_together_where_it_can() -> None:
    plan = f.JourneyPlan(NOW - DAY, MONDAY.date(), ((a_person().id,), ("other", "child")))
    people = (a_person(), a_person(id="other", principal=False), a_child(id="child"))
    flown = leg("IST", "TBS", MONDAY)
    first = a_booking(legs=(flown,), people=frozenset({a_person().id}))
    offers = (
        an_offer(leg("IST", "TBS", MONDAY + DAY / 24, number="2"), id="later", part=2, price=Decimal(100)),
        an_offer(flown, id="same", part=2),
    )
    known = facts(people=people, plan_of_journey=plan, bookings=(first,), offers=offers)
    assert [one.offer.id for one in ranked(known, 2)] == ["same", "later"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "FRA", "DOH", "TIP"]), st.floats(0.2, 40), st.integers(1, 2000)), max_size=8
    )
)
def test_what_a_hard_rule_rules_out_is_never_chosen(drawn: list[tuple[str, float, int]]) -> None:
    offers = tuple(
        f.Offer(**{**vars(over(hub, wait) if hub else an_offer(leg("IST", "TBS", MONDAY))),
                   "id": f"o{number}", "price": Decimal(price)})
        for number, (hub, wait, price) in enumerate(drawn)
    )  # fmt: skip
    known = facts(offers=offers, travel=Travel(nationalities=frozenset({"AFG"})))
    order, chosen = ranked(known), best(known)
    assert sorted(one.offer.id for one in order) == sorted(offer.id for offer in offers)
    assert order == ranked(facts(offers=offers[::-1], travel=known.travel))
    if chosen is None:
        assert all(one.against for one in order)
    else:
        assert order[0].offer == chosen
        assert not order[0].against
        assert order[0].points == min(one.points for one in order if not one.against)
