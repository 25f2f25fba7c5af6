"""Builders of facts with sane defaults: a test shows the one thing that matters."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from models.stage import Track
from workflows import facts as f
from workflows.pathways import CURRENT, rules_of

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = rules_of(*CURRENT)
EXPLAINED = frozenset({"stay", "asylum", "regularisation", "return", "third_country"})


def a_person(**over: Any) -> f.Traveller:
    """An adult with everything in order."""
    known: dict[str, Any] = {
        "id": "0190b6a0-0000-7000-8000-000000000001", "principal": True, "born_on": date(1990, 5, 5),
        "documents": (f.Document("passport", date(2030, 1, 1)),),
        "fitness": f.Fitness(True, date(2026, 1, 1), date(2026, 12, 31)), "declared_at": NOW - DAY,
    }  # fmt: skip
    return f.Traveller(**{**known, **over})


def a_child(**over: Any) -> f.Traveller:
    """A child of eight."""
    known = {"id": "0190b6a0-0000-7000-8000-000000000002", "principal": False, "born_on": date(2018, 1, 1)}
    return a_person(**{**known, "declared_at": None, **over})


def a_booking(**over: Any) -> f.Booking:
    """A ticket for a fortnight from now."""
    known: dict[str, Any] = {
        "id": "b1", "journey": 1, "generation": 1, "route": "api", "status": "ticketed", "price": Decimal(300),
        "pay_by": None, "looked_at": NOW, "departs_at": NOW + 14 * DAY, "arrives_at": NOW + 14 * DAY + DAY / 8,
    }  # fmt: skip
    return f.Booking(**{**known, **over})


def a_handover(**over: Any) -> f.Handover:
    """Accepted, identity sent."""
    known: dict[str, Any] = {
        "id": "h1", "journey": 1, "generation": 1, "partner": "nadia", "status": "accepted", "waiting_since": NOW - DAY,
        "replied": False, "identity_sent": True,
    }  # fmt: skip
    return f.Handover(**{**known, **over})


def an_effect(**over: Any) -> f.Effect:
    """A row of the ledger."""
    known: dict[str, Any] = {
        "id": "e1", "journey": 1, "action": "hold_seats", "subject": "1.1", "generation": 1, "state": "confirmed",
        "at": NOW - DAY, "next_try_at": None, "attempts": 1, "code": None,
    }  # fmt: skip
    return f.Effect(**{**known, **over})


def a_channel(**over: Any) -> f.Channel:
    """A number that may be written to at any hour."""
    known: dict[str, Any] = {
        "id": "c1", "person": a_person().id, "kind": "sms", "zone": "Europe/Istanbul", "from_hour": 0, "to_hour": 24,
        "messages": True, "verified_at": NOW - DAY,
    }  # fmt: skip
    return f.Channel(**{**known, **over})


def facts(**over: Any) -> f.Facts:
    """A case in which everything up to the booking is in order."""
    known: dict[str, Any] = {
        "now": NOW, "rules": RULES, "ref": "C-0000000001", "track": Track.RETURN, "journey": 1, "partner": "nadia",
        "people": (a_person(),), "data_consent": True, "contact_hours": ("Europe/Istanbul", 0, 24),
        "screening": f.Screening(NOW - 40 * DAY, "none", False, False),
        "session": f.Session(NOW - DAY, EXPLAINED, False),
        "choice_at": NOW - DAY, "country_input": f.CountryInput(NOW - DAY, True),
        "risk": f.Risk("r1", NOW - DAY, "low", NOW + 29 * DAY, True),
        "exit": f.Exit(True, True, date(2026, 12, 31)), "may_share_with": frozenset({"nadia"}),
        "plan_of_journey": f.JourneyPlan(NOW - DAY, (NOW + 14 * DAY).date()), "handovers": (a_handover(),),
        "effects": (an_effect(action="invite_to_examination", subject="1"),),
    }  # fmt: skip
    return f.Facts(**{**known, **over})
