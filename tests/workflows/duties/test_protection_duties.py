"""Duties of protection: what opens each, when to the second, and what ends it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.stage import Role, Stage, Track
from tests.factories import DAY, NOW, a_booking, a_child, a_person, facts
from tests.workflows.gates.test_risk_gates import WAR, a_claim, a_look, a_risk, flying
from workflows import facts as f
from workflows import gates
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts.protection import Protection
from workflows.standing import Asking, Blocked, Duty

SECOND = timedelta(seconds=1)
ISTANBUL = ZoneInfo("Europe/Istanbul")


def of(known: f.Facts, question: str) -> list[Duty]:
    """The duties of one kind."""
    return [duty for duty in duties(known) if duty.asking.question == question]


def turning(on: date, **over: Any) -> f.Traveller:
    """A child whose 18th birthday is that day."""
    return a_child(born_on=date(on.year - 18, on.month, on.day), best_interests=True, **over)


def a_family(child: f.Traveller, **over: Any) -> f.Facts:
    """A parent and a child, in a case that was opened long ago."""
    known = {"opened_on": NOW.date() - 400 * DAY, **over}
    return facts(people=(a_person(), child), protection=Protection(**known))


def test_the_last_look_opens_three_days_before_the_flight_and_ends_with_it() -> None:
    coming = flying(NOW + 10 * DAY)
    assert [duty.opens_at for duty in of(coming, "risk_review")] == [NOW + 7 * DAY]
    due = flying(NOW + 3 * DAY)
    assert [duty.is_open(NOW) for duty in of(due, "risk_review")] == [True]
    assert not of(flying(NOW + 3 * DAY, protection=Protection(looks=(a_look(),))), "risk_review")
    assert not of(flying(NOW), "risk_review")


def test_an_assessment_that_ends_before_the_flight_is_renewed_a_week_ahead() -> None:
    ticket = {"bookings": (a_booking(),)}  # departs in fourteen days
    ends = facts(**ticket, risk=a_risk(valid_until=NOW + 14 * DAY))
    assert [duty.opens_at for duty in of(ends, "risk_assessment")] == [NOW + 7 * DAY]
    assert not of(facts(**ticket, risk=a_risk(valid_until=NOW + 14 * DAY + SECOND)), "risk_assessment")
    late = facts(**ticket, risk=a_risk(valid_until=NOW + DAY))
    assert [duty.is_open(NOW) for duty in of(late, "risk_assessment")] == [True]


def test_a_risk_is_looked_at_on_arrival_of_somebody_vulnerable() -> None:
    there = {
        "departed_at": NOW - DAY,
        "arrived_at": NOW - DAY / 2,
        "screening": f.Screening(NOW, "actual", True, False),
    }
    known = facts(**there, risk=a_risk(at=NOW - 9 * DAY))
    assert [duty.asking.why.code for duty in of(known, "risk_review")] == ["risk.arrived"]
    looked = Protection(looks=(a_look(at=NOW),))
    assert not of(facts(**there, risk=a_risk(at=NOW - 9 * DAY), protection=looked), "risk_review")
    assert not of(facts(departed_at=NOW - DAY, arrived_at=NOW, risk=a_risk()), "risk_review")


def test_what_is_reported_after_departure_is_a_task_for_six_hours() -> None:
    gone = facts(departed_at=NOW - DAY, risk=a_risk(), protection=Protection(signals=1))
    (duty,) = of(gone, "risk_review")
    assert (duty.asking.role, duty.asking.until) == (Role.PROTECTION_OFFICER, NOW + timedelta(hours=6))
    changed = facts(departed_at=NOW - DAY, risk=a_risk(), protection=Protection(looks=(a_look(stands=False),)))
    assert [duty.asking.why.code for duty in of(changed, "risk_assessment")] == ["risk.changed"]


def test_a_claim_brings_a_lawyer_and_written_advice_ends_the_task() -> None:
    (duty,) = of(facts(protection=Protection(claims=(a_claim(),))), "legal_aid")
    assert (duty.asking.subject, duty.asking.until) == ("c1", NOW + 3 * DAY)
    assert not of(facts(protection=Protection(claims=(a_claim(advised=True),))), "legal_aid")
    assert not of(facts(protection=Protection(claims=(a_claim(status="refused"),))), "legal_aid")


def test_a_claim_that_only_screening_knows_brings_a_lawyer_too() -> None:
    screened = {"screening": f.Screening(NOW - 40 * DAY, "none", False, True)}
    assert [duty.asking.subject for duty in of(facts(**screened), "legal_aid")] == ["asylum:screened"]
    advised = Protection(advised=frozenset({"asylum:screened"}))
    assert not of(facts(**screened, protection=advised), "legal_aid")


def test_the_day_after_the_court_sat_somebody_asks_how_it_stands() -> None:
    sits = a_claim(court_on=date(2026, 3, 10), said_at=NOW)
    (duty,) = of(facts(protection=Protection(claims=(sits,))), "protection_claim")
    assert duty.opens_at == datetime(2026, 3, 11, 9, tzinfo=ISTANBUL)
    known = a_claim(court_on=date(2026, 3, 10), said_at=datetime(2026, 3, 11, 9, tzinfo=ISTANBUL))
    assert not of(facts(protection=Protection(claims=(known,))), "protection_claim")


@pytest.mark.parametrize(
    ("days", "open_alerts", "next_alert"),
    [
        (181, [], [180]), (180, [180], [90]), (91, [180], [90]), (90, [90], [30]), (31, [90], [30]), (30, [30], []),
        (1, [30], []),
    ],
)  # fmt: skip
def test_alerts_before_the_18th_birthday(days: int, open_alerts: list[int], next_alert: list[int]) -> None:
    known = a_family(turning(NOW.date() + days * DAY))
    alerts = of(known, "turning_18")
    assert [int(a.asking.subject.partition(":")[0]) for a in alerts if a.is_open(NOW)] == open_alerts
    assert [int(a.asking.subject.partition(":")[0]) for a in alerts if not a.is_open(NOW)] == next_alert


def test_an_alert_that_was_seen_to_does_not_come_back() -> None:
    child = turning(NOW.date() + 60 * DAY)
    known = a_family(child, of_age_seen=frozenset({f"90:{child.id}"}))
    assert [duty.asking.subject for duty in of(known, "turning_18")] == [f"30:{child.id}"]


def test_the_rules_change_at_midnight_where_the_person_is() -> None:
    """F43: the day begins at the person's place, not in UTC; F44: on 1 March for one born on 29 February."""
    child = turning(date(2026, 3, 3), declared_at=None)
    midnight = datetime(2026, 3, 3, tzinfo=ISTANBUL).astimezone(UTC)
    for instant, grown in ((midnight - SECOND, False), (midnight, True)):
        known = facts(now=instant, people=(a_person(), child), protection=Protection(opened_on=date(2025, 1, 1)))
        assert child.is_child(known.today) is not grown
        assert (gates.declared(known) is None) is not grown
        (duty,) = of(known, "continued_support")
        assert (duty.opens_at, duty.is_open(instant)) == (midnight, grown)
    leap = a_child(born_on=date(2008, 2, 29))
    assert (leap.is_child(date(2026, 2, 28)), leap.is_child(date(2026, 3, 1))) == (True, False)


def test_a_birthday_drops_no_protection_until_somebody_decides() -> None:
    child = turning(NOW.date() - DAY, declared_at=NOW)
    grown = a_family(child)
    assert grown.is_vulnerable
    assert not gates.children(grown)
    assert [duty.is_open(NOW) for duty in of(grown, "continued_support")] == [True]
    goes_on = a_family(child, goes_on={child.id: True})
    assert goes_on.is_vulnerable
    assert not of(goes_on, "continued_support")
    assert not a_family(child, goes_on={child.id: False}).is_vulnerable


def test_an_adult_from_the_beginning_has_no_birthday_to_decide_on() -> None:
    known = facts(protection=Protection(opened_on=NOW.date()))
    assert not of(known, "continued_support")
    assert not known.is_vulnerable


def test_a_disputed_age_is_decided_within_a_fortnight_and_counts_as_a_child_until_then() -> None:
    doubted = a_person(treated_as_child=True)
    known = facts(people=(doubted,), protection=Protection(disputed_ages=frozenset({doubted.id})))
    (duty,) = of(known, "age_decision")
    assert duty.asking.until == NOW + 14 * DAY
    assert doubted.is_child(known.today)
    assert known.is_vulnerable
    assert not of(known, "turning_18")
    closed = gates.risk(known)
    assert closed is not None
    assert closed.code == "risk.best_interests"


def test_the_youngest_of_two_ages_counts() -> None:
    young = a_person(counts_from=date(2010, 1, 1))
    assert young.is_child(NOW.date())
    assert young.is_under(17, NOW.date())
    assert young.born_on.year == 1990


@pytest.mark.parametrize(
    ("kept", "opens"),
    [
        ((), NOW),
        ((f.Kept(NOW - DAY, "b1.0", "b1", True),), NOW + 2 * DAY),
        ((f.Kept(NOW - 4 * DAY, "b1.0", "b1", True),), NOW - DAY),
    ],
)
def test_a_ticket_to_a_held_place_is_kept_or_given_back_by_a_person(kept: tuple[f.Kept, ...], opens: datetime) -> None:
    (duty,) = of(facts(protection=Protection(held=(WAR,), kept=kept), bookings=(a_booking(),)), "ticket_hold")
    assert (duty.opens_at, duty.asking.role) == (opens, Role.MOVEMENT_OFFICER)


def test_a_kept_ticket_is_looked_at_while_its_fare_can_still_be_changed() -> None:
    soon = a_booking(departs_at=NOW + 4 * DAY)
    kept = (f.Kept(NOW, "b1.0", "b1", True),)
    (duty,) = of(facts(protection=Protection(held=(WAR,), kept=kept), bookings=(soon,)), "ticket_hold")
    assert duty.opens_at == NOW + 2 * DAY


def test_a_ticket_is_cancelled_only_when_it_is_given_back() -> None:
    ticket = {"bookings": (a_booking(),)}
    held = facts(**ticket, protection=Protection(held=(WAR,)))
    assert isinstance(decide(held)[Stage.FLIGHT_BOOKING], Blocked)
    given = facts(**ticket, protection=Protection(held=(WAR,), kept=(f.Kept(NOW, "b1.0", "b1", False),)))
    standing = decide(given)[Stage.FLIGHT_BOOKING]
    assert getattr(standing, "action", None) == "cancel_booking"
    assert not of(given, "ticket_hold")


def test_a_claim_after_the_ticket_asks_about_the_ticket_too() -> None:
    known = facts(bookings=(a_booking(),), protection=Protection(claims=(a_claim(),)))
    assert [duty.asking.why.code for duty in of(known, "ticket_hold")] == ["country.ticket_barred"]
    assert not of(facts(bookings=(a_booking(),)), "ticket_hold")
    assert not of(
        facts(bookings=(a_booking(),), track=Track.IN_PLACE, protection=Protection(held=(WAR,))), "ticket_hold"
    )


def test_every_duty_of_protection_has_an_owner_and_a_limit() -> None:
    child = turning(NOW.date() + 20 * DAY)
    known = a_family(child, held=(WAR,), claims=(a_claim(court_on=date(2026, 3, 10), said_at=NOW),), signals=1)
    for duty in duties(known):
        assert isinstance(duty.asking, Asking)
        assert duty.asking.until > NOW
