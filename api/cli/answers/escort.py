"""Escorts and their tickets."""

from datetime import date, timedelta
from typing import Any

from api.cli.answers.common import Answer, day
from api.cli.cast import Life


def escort(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Somebody who is free for the next months."""
    return {
        "kind": subject, "name": "Deniz Yalin", "document_number": "U12345678", "document_expires_on": day(today, 900),
        "free_from": today.isoformat(), "free_until": day(today, 200),
    }  # fmt: skip


def escort_ticket(life: Life, subject: str, today: date) -> dict[str, Any]:
    """There on the person's flights; home some weeks later."""
    on = today + timedelta(days=60)
    home = {
        "carrier": "ZZ", "flight_number": "382", "origin": life.airport, "destination": "IST",
        "departs_at": f"{on}T08:00:00+00:00", "arrives_at": f"{on}T12:00:00+00:00",
    }  # fmt: skip
    flights = [home] if subject.endswith(".2") else []
    return {"about": subject, "locator": "ESC0RT", "flights": flights, "price": "280", "currency": "EUR"}


ANSWERS: dict[str, Answer] = {"escort": escort, "escort_ticket": escort_ticket}
