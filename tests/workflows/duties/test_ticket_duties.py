"""What must be seen to beside the booking: holds about to lapse, who is told of a change, money that is owed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import DAY, NOW, a_booking, facts
from workflows.duties.flight_booking import duties
from workflows.facts.travel import Account, Change, Travel

HOUR = timedelta(hours=1)


def open_now(**over: Any) -> list[tuple[str, str]]:
    """What is asked now, about what."""
    known = facts(**over)
    return [(duty.asking.question, duty.asking.subject) for duty in duties(known) if duty.is_open(known.now)]


@pytest.mark.parametrize(
    ("left", "alerts"),
    [
        (25 * HOUR, []), (24 * HOUR, ["limit_first"]), (5 * HOUR, ["limit_first"]),
        (4 * HOUR, ["limit_first", "limit_last"]), (timedelta(), []),
    ],
)  # fmt: skip
def test_an_alert_a_day_and_four_hours_before_the_ticketing_limit(left: timedelta, alerts: list[str]) -> None:
    held = a_booking(status="held", pay_by=NOW + left)
    assert open_now(bookings=(held,)) == [("ticket_time_limit", f"b1.{name}") for name in alerts]


def test_an_alert_that_was_seen_to_and_a_paid_ticket_alert_nobody() -> None:
    held = a_booking(status="held", pay_by=NOW + HOUR)
    seen = Travel(tasks=frozenset({("ticket_time_limit", "b1.limit_first"), ("ticket_time_limit", "b1.limit_last")}))
    assert open_now(bookings=(held,), travel=seen) == []
    assert open_now(bookings=(a_booking(pay_by=NOW + HOUR),)) == []


def test_f19_those_who_count_on_the_old_flight_are_told_until_it_is_done() -> None:
    change = Change("c1", "b1", 10, True, NOW)
    assert open_now(bookings=(a_booking(),), travel=Travel(changes=(change,))) == [("tell_about_flight", "c1")]
    done = Travel(changes=(change,), tasks=frozenset({("tell_about_flight", "c1")}))
    assert open_now(bookings=(a_booking(),), travel=done) == []
    assert open_now(bookings=(a_booking(status="airline_cancelled"),)) == [("tell_about_flight", "b1")]


def test_s22_money_owed_is_somebodys_until_it_is_here_and_a_ledger_that_does_not_add_up_is_looked_at() -> None:
    owes = Account("b1", Decimal(90), "EUR", NOW - DAY)
    assert open_now(travel=Travel(accounts=(owes,))) == [("refund_receipt", "b1")]
    assert open_now(travel=Travel(accounts=(Account("b1", Decimal(0), "EUR", NOW),))) == []
    assert open_now(travel=Travel(accounts=(Account("b1", Decimal(0), "EUR", NOW, False),))) == [
        ("refund_review", "b1")
    ]


def test_s22_money_that_does_not_come_goes_to_the_next_role() -> None:
    owes = Travel(accounts=(Account("b1", Decimal(90), "EUR", NOW - 50 * DAY),))
    asked = {("refund_receipt", "b1"): NOW - 50 * DAY}
    (late,) = duties(facts(travel=owes, asked=asked))
    (fresh,) = duties(facts(travel=owes))
    assert (fresh.asking.until - NOW) == facts().rules.time("refund")
    assert late.asking.until > NOW
