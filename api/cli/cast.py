"""The demo's people: a dozen and one invented lives, what each meets on the way, and how each should end."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

TEXT_HASH = hashlib.sha256(b"demonstration text").hexdigest()
CONSENT = {"text_version": "demo-1", "text_hash": TEXT_HASH, "language": "en"}
OPTIONS = ["stay", "asylum", "regularisation", "return", "third_country"]


@dataclass
class Life:
    """One case of the demo. Lists are used up one by one; the last one stays."""

    story: str
    ends: str
    family_name: str = "Beridze"
    given_names: str = "Nino"
    born_on: date = date(1991, 5, 17)
    area: str = "Kutaisi"
    children: int = 0
    passport: bool = True
    screening: str = "none"
    vulnerable: bool = False
    waives_reflection: bool = False
    risk: str = "low"
    partner: str = "nadia"
    tracks: list[str] = field(default_factory=lambda: ["return"])
    boardings: list[str] = field(default_factory=lambda: ["boarded"])
    withdraws_when: str | None = None
    unsafe_at: str | None = None
    still_wants: bool = True
    reason: str = "completed"
    expects: Mapping[str, int] = field(default_factory=dict)


def people() -> list[Life]:
    """Everybody. Family names in capitals are the simulators' magic inputs."""
    return [
        Life("goes home with a passport", "completed", "Beridze", "Nino"),
        Life("a mother travels with two children", "completed", "Kapanadze", "Mariam", children=2),
        Life("a victim of trafficking takes her thirty days", "completed", "Lomidze", "Tamar", screening="actual"),
        Life("the consulate issues a laissez-passer", "completed", "Gelashvili", "Giorgi", passport=False),
        Life("the consulate refuses; another document is found", "completed", "Denied", "Davit", passport=False),
        Life("the first partner declines", "completed", "Maisuradze", "Eka", area="DECLINES @nadia", vulnerable=True),
        Life("the first partner is silent", "completed", "Tsiklauri", "Levan", area="SILENT @nadia", vulnerable=True),
        Life("the airline's answer is lost", "completed", "LostReply", "Irakli"),
        Life("webhooks come twice", "completed", "Twice", "Ana", area="TWICE", vulnerable=True),
        Life("withdraws with a ticket and stays", "stays", "Japaridze", "Salome", withdraws_when="booking.ticketed",
             tracks=["return", "in_place"], reason="stays", vulnerable=True),
        Life("says no when asked for the last time", "withdrew", "Kvaratskhelia", "Luka", still_wants=False,
             tracks=["return", "none"], reason="withdrew"),
        Life("return would be too dangerous; stays with shelter", "stays", "Chkheidze", "Natia", screening="possible",
             waives_reflection=True, risk="high", tracks=["return", "in_place"], reason="stays"),
        Life("does not feel safe after three months", "completed", "Abashidze", "Keti", unsafe_at="month_3"),
    ]  # fmt: skip


def case_of(life: Life, number: int, today: date) -> dict[str, Any]:
    """The intake of one life."""
    principal = person(life.given_names, life.family_name, life.born_on, number, life.passport, today)
    children = [
        person(name, life.family_name, date(today.year - 6 - 2 * n, 3, 9), 100 * number + n, True, today)
        | {"relation": "child", "guardian": "principal"}
        for n, name in enumerate(("Luka", "Elene")[: life.children])
    ]
    return {
        "principal": principal, "dependants": children, "country": "GE", "area": life.area, "partner": life.partner,
        "contact": {"channel": "sms", "address": f"+9055512{number:05d}", "from_hour": 9, "to_hour": 21},
        "data_consent": CONSENT,
    }  # fmt: skip


def person(given: str, family: str, born: date, number: int, passport: bool, today: date) -> dict[str, Any]:
    """One person with or without a passport."""
    said: dict[str, Any] = {
        "given_names": given, "family_name": family, "born_on": born.isoformat(), "language": "tr",
        "nationality": "GEO", "sex": "F" if given not in MEN else "M",
    }  # fmt: skip
    if passport:
        said["document"] = passport_of(number, today)
    return said


MEN = ("Giorgi", "Davit", "Levan", "Irakli", "Luka")


def passport_of(number: int, today: date) -> dict[str, Any]:
    """An invented passport."""
    until = (today + timedelta(days=5 * 365)).isoformat()
    return {"kind": "passport", "country": "GEO", "number": f"ZZ{7000000 + number}", "expires_on": until}


def reply(life: Life, kind: str, subject: str, today: date) -> dict[str, Any]:
    """What the staff and the people of the demo answer to a question."""
    simple = answers(life, today)
    if kind in simple:
        return simple[kind]
    about = subject.rpartition(".")[2]
    by_subject: dict[str, dict[str, Any]] = {
        "declaration": {**CONSENT, "person": subject},
        "transfer_consent": {**CONSENT, "recipient": subject},
        "risk_approval": {"assessment": subject, "approved": True},
        "best_interests": {"person": subject, "in_favour": True, "guardian_consents": True, "carer_confirmed": True},
        "health_clearance": {
            "person": subject, "fit": True, "valid_from": today.isoformat(),
            "valid_until": (today + timedelta(days=120)).isoformat(),
        },
        "travel_document": {"person": subject, "document": passport_of(abs(hash(subject)) % 900000, today)},
        "reconfirmation": {"person": about, "still_wants": life.still_wants},
        "effect_outcome": {"about": subject, "outcome": "absent"},
        "handover_reply": {"about": subject, "text": "A room on the ground floor is enough."},
        "evidence": {"about": subject, "sha256": TEXT_HASH},
        "payment": {"about": subject, "handed_over": True},
        "check_in": {"about": subject, "reached": True, "safe": subject != life.unsafe_at},
    }  # fmt: skip
    return by_subject.get(kind, {"about": subject})


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
            "origin": "IST", "destination": "TBS", "depart_on": (today + timedelta(days=14)).isoformat(),
        },
        "price_approval": {"up_to": "5000"},
        "desk_booking": desk_booking(today + timedelta(days=12)),
        "arrival": {"met": True},
        "reintegration_plan": {"instalments": [instalment("tools", today, 20), instalment("rent", today, 60)]},
        "bed_and_transport": {},
        "shelter": {},
        "closure": {"reason": life.reason},
    }  # fmt: skip


def desk_booking(day: date) -> dict[str, Any]:
    """What the travel desk books."""
    flight = {
        "carrier": "ZZ", "flight_number": "381", "origin": "IST", "destination": "TBS",
        "departs_at": f"{day}T08:00:00+00:00", "arrives_at": f"{day}T10:20:00+00:00",
    }  # fmt: skip
    return {"locator": "QX7T2M", "tickets": ["9990001"], "flights": [flight], "price": "310", "currency": "EUR"}


def instalment(label: str, today: date, days: int) -> dict[str, Any]:
    """One part of a plan."""
    return {"label": label, "amount": "400", "currency": "EUR", "due_on": (today + timedelta(days=days)).isoformat()}


def use_up(values: list[str]) -> str:
    """The next of a list; the last one stays."""
    return values.pop(0) if len(values) > 1 else values[0]
