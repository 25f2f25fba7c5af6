"""What the staff and the people of the demo answer when they are asked."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from api.cli.cast import CONSENT, TEXT_HASH, Life, passport_of

OPTIONS = ["stay", "asylum", "regularisation", "return", "third_country"]


def answer_to(life: Life, kind: str, subject: str, today: date) -> dict[str, Any]:
    """The body of one answer. What a life says only once is used up."""
    if kind == "track_choice":
        return {"track": use_up(life.tracks)}
    if kind == "boarding":
        return {"outcome": use_up(life.boardings)}
    simple = answers(life, today)
    return simple[kind] if kind in simple else about(life, kind, subject, today)


def noon(due: datetime) -> datetime:
    """The next noon from then on: when staff and partners look, and messages may be sent. Never twice the same."""
    today = due.replace(hour=12, minute=0, second=0, microsecond=0)
    return today if today > due else today + timedelta(days=1)


def use_up(values: list[str]) -> str:
    """The next of a list; the last one stays."""
    return values.pop(0) if len(values) > 1 else values[0]


def about(life: Life, kind: str, subject: str, today: date) -> dict[str, Any]:
    """Answers about somebody or something that the question names."""
    person = subject.rpartition(".")[2]
    safe = None if life.out_of_reach else subject != life.unsafe_at
    known: dict[str, dict[str, Any]] = {
        "declaration": {**CONSENT, "person": subject},
        "transfer_consent": {**CONSENT, "recipient": subject},
        "risk_approval": {"assessment": subject, "approved": True},
        "best_interests": {"person": subject, "in_favour": True, "guardian_consents": True, "carer_confirmed": True},
        "health_clearance": {
            "person": subject, "fit": True, "valid_from": today.isoformat(),
            "valid_until": (today + timedelta(days=120)).isoformat(),
        },
        "travel_document": {"person": subject, "document": passport_of(life, number_of(subject), today)},
        "reconfirmation": {"person": person, "still_wants": life.still_wants},
        "effect_outcome": {"about": subject, "outcome": "absent"},
        "handover_reply": {"about": subject, "text": "A room on the ground floor is enough."},
        "evidence": {"about": subject, "sha256": TEXT_HASH},
        "payment": {"about": subject, "handed_over": True},
        "check_in": {"about": subject, "reached": not life.out_of_reach, "safe": safe},
    }  # fmt: skip
    return known.get(kind, {"about": subject})


def number_of(subject: str) -> int:
    """A number for a document that is found later."""
    return 500_000 + int(hashlib.sha256(subject.encode()).hexdigest(), 16) % 400_000


def answers(life: Life, today: date) -> dict[str, dict[str, Any]]:
    """Answers that do not depend on what the question is about."""
    return {
        "data_consent": CONSENT,
        "screening": {"result": life.screening, "vulnerable": life.vulnerable},
        "counselling_session": {"options": OPTIONS, "language": "en", "reflection_waived": life.waives_reflection},
        "receiving_partner": {"partner": "tariq" if life.partner == "nadia" else "nadia"},
        "risk_assessment": {"level": life.risk},
        "exit_clearance": {
            "cleared": True, "told_the_person": True, "valid_until": (today + timedelta(days=90)).isoformat(),
        },
        "journey_plan": {
            "origin": "IST", "destination": life.airport, "depart_on": (today + timedelta(days=14)).isoformat(),
        },
        "price_approval": {"up_to": "5000"},
        "desk_booking": desk_booking(life, today + timedelta(days=12)),
        "arrival": {"met": True},
        "reintegration_plan": {"instalments": [instalment("tools", today, 20), instalment("rent", today, 60)]},
        "bed_and_transport": {},
        "shelter": {},
        "closure": {"reason": life.reason},
    }  # fmt: skip


def desk_booking(life: Life, day: date) -> dict[str, Any]:
    """What the travel desk books."""
    flight = {
        "carrier": "ZZ", "flight_number": "381", "origin": "IST", "destination": life.airport,
        "departs_at": f"{day}T08:00:00+00:00", "arrives_at": f"{day}T13:20:00+00:00",
    }  # fmt: skip
    tickets = [f"{9990001 + number}" for number in range(1 + len(life.children))]
    return {"locator": "QX7T2M", "tickets": tickets, "flights": [flight], "price": "310", "currency": "EUR"}


def instalment(label: str, today: date, days: int) -> dict[str, Any]:
    """One part of a plan."""
    return {"label": label, "amount": "400", "currency": "EUR", "due_on": (today + timedelta(days=days)).isoformat()}
