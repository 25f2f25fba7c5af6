"""Beside the booking: a hold that is about to lapse, and money that the airline still owes."""

from collections.abc import Iterator
from datetime import timedelta

from models.stage import Role, Stage
from workflows.facts import Booking, Facts
from workflows.patience import duty
from workflows.standing import Duty, say

ALERTS = ("limit_first", "limit_last")


def duties(facts: Facts) -> Iterator[Duty]:
    """Everything about tickets and their money that a person must see to."""
    for booking in facts.bookings:
        if booking.status == "held" and booking.journey == facts.journey:
            yield from about_to_lapse(facts, booking)
    yield from to_tell(facts)
    yield from owed(facts)


def to_tell(facts: Facts) -> Iterator[Duty]:
    """Shelter, clinic and escort count on the old flight and are told; the partner is told anyway (F19)."""
    taken = [one.id for one in facts.bookings if one.status == "airline_cancelled" and one.journey == facts.journey]
    for subject in (*taken, *(change.id for change in facts.travel.changes)):
        if ("tell_about_flight", subject) not in facts.travel.tasks and not facts.departed:
            yield duty(
                facts, Stage.FLIGHT_BOOKING, Role.COUNSELLOR, "tell_about_flight", say("booking.tell_others"),
                within="same_day", subject=subject, holds_closure=False,
            )  # fmt: skip


def about_to_lapse(facts: Facts, booking: Booking) -> Iterator[Duty]:
    """The seats are lost at the ticketing time limit: an alert a day before and another hours before."""
    for name in ALERTS:
        subject = f"{booking.id}.{name}"
        if booking.pay_by is None or ("ticket_time_limit", subject) in facts.travel.tasks:
            continue
        opens_at = booking.pay_by - facts.rules.time(name)
        if facts.now < booking.pay_by:
            why = say("booking.limit", hours=round(facts.rules.time(name) / timedelta(hours=1)))
            yield duty(
                facts, Stage.FLIGHT_BOOKING, Role.MOVEMENT_OFFICER, "ticket_time_limit", why, opens_at=opens_at,
                within="limit_last", subject=subject, holds_closure=False,
            )  # fmt: skip


def owed(facts: Facts) -> Iterator[Duty]:
    """What the airline owes is recorded when it comes; when its time is over it goes to the next role (S22)."""
    for account in facts.travel.accounts:
        if not account.balanced:
            why = say("booking.unbalanced")
            yield duty(facts, Stage.FLIGHT_BOOKING, Role.OPERATIONS, "refund_review", why, subject=account.booking)
        elif account.owed > 0:
            why = say("booking.owed", price=f"{account.owed} {account.currency}")
            yield duty(
                facts, Stage.FLIGHT_BOOKING, Role.OPERATIONS, "refund_receipt", why, within="refund",
                subject=account.booking,
            )  # fmt: skip
