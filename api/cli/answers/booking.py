"""Journey plans, prices, the travel desk, and what became of an unclear effect."""

from datetime import date, timedelta
from typing import Any

from api.cli.answers.common import Answer, always, day
from api.cli.cast import Life


def journey(life: Life, subject: str, today: date) -> dict[str, Any]:
    """In a fortnight."""
    return {"origin": "IST", "destination": life.airport, "depart_on": day(today, 14)}


def desk_booking(life: Life, subject: str, today: date) -> dict[str, Any]:
    """What the travel desk books."""
    on = today + timedelta(days=12)
    flight = {
        "carrier": "ZZ", "flight_number": "381", "origin": "IST", "destination": life.airport,
        "departs_at": f"{on}T08:00:00+00:00", "arrives_at": f"{on}T13:20:00+00:00",
    }  # fmt: skip
    tickets = [f"{9990001 + number}" for number in range(1 + len(life.children))]
    return {"locator": "QX7T2M", "tickets": tickets, "flights": [flight], "price": "310", "currency": "EUR"}


def desk_cancellation(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Cancelled; nothing comes back."""
    return {"about": subject, "refund": "0"}


def effect_outcome(life: Life, subject: str, today: date) -> dict[str, Any]:
    """It did not happen."""
    return {"about": subject, "outcome": "absent"}


def schedule_change(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The new times suit."""
    return {"about": subject, "accept": True}


ANSWERS: dict[str, Answer] = {
    "journey_plan": journey,
    "price_approval": always(up_to="5000", currency="EUR"),
    "desk_booking": desk_booking,
    "desk_cancellation": desk_cancellation,
    "effect_outcome": effect_outcome,
    "schedule_change": schedule_change,
}
