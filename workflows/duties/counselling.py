"""Beside counselling: what is owed to somebody who withdrew, and to whom the end of sharing must be told."""

from collections.abc import Iterator

from models.stage import Role, Stage
from workflows.facts import Booking, Facts
from workflows.patience import duty
from workflows.standing import Duty, say


def duties(facts: Facts) -> Iterator[Duty]:
    """After a withdrawal an appointment and a note, near the flight the airport too; after departure the partners."""
    if facts.departed:
        yield from recipients(facts)
    elif facts.withdrawal:
        yield from after_withdrawal(facts, facts.withdrawal)
        yield from offloads(facts)


def after_withdrawal(facts: Facts, subject: str) -> Iterator[Duty]:
    """Counselling within 48 hours is offered, never a condition; who else was there is noted afterwards."""
    counselling, counsellor = Stage.COUNSELLING, Role.COUNSELLOR
    if ("appointment", subject) not in facts.supports:
        why = say("withdrawal.appointment")
        yield duty(
            facts, counselling, counsellor, "counselling_appointment", why, within="appointment", subject=subject
        )
    if subject not in facts.voluntariness.noted:
        yield duty(
            facts, counselling, counsellor, "withdrawal_note", say("withdrawal.note"), within="urgent", subject=subject
        )


def offloads(facts: Facts) -> Iterator[Duty]:
    """A withdrawal so near departure that the airport may have the person on its list."""
    for booking in facts.bookings:
        if is_near(facts, booking) and ("offload", booking.id) not in facts.supports:
            why = say("withdrawal.offload")
            yield duty(
                facts, Stage.DEPARTURE, Role.MOVEMENT_OFFICER, "offload", why, within="offload", subject=booking.id
            )


def is_near(facts: Facts, booking: Booking) -> bool:
    """A ticket of the journey that was withdrawn from, whose flight was hours away."""
    if facts.withdrawn_at is None or booking.journey >= facts.journey:
        return False
    left = booking.departs_at - facts.withdrawn_at
    was_ticketed = booking.status in ("ticketed", "pending", "cancelled", "unused")
    return was_ticketed and -facts.rules.time("gate_opens") <= left <= facts.rules.time("offload_window")


def recipients(facts: Facts) -> Iterator[Duty]:
    """Who has the person's data and may be told nothing more hears of it from a person."""
    for partner in sorted(facts.voluntariness.sharing_ended):
        told = ("recipient_told", f"{facts.journey}.{partner}") in facts.supports
        if not told and any(handover.partner == partner for handover in facts.handovers):
            why, subject = say("withdrawal.tell_recipient"), f"{facts.journey}.{partner}"
            yield duty(
                facts, Stage.PARTNER_HANDOVER, Role.COUNSELLOR, "recipient_told", why, within="urgent", subject=subject
            )
