"""Fitness, documents, exit, and the permit of a victim."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always, day, number_of
from api.cli.cast import CONSENT, Life, passport_of

TOLD = {field: CONSENT[field] for field in ("text_version", "text_hash", "language")}
OVERSTAYED = 75  # days at the first question: near the edge of the first ban, so that a delay would be dear


def health(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Fit for the next months."""
    return {"person": subject, "fit": True, "valid_from": today.isoformat(), "valid_until": day(today, 120)}


def fitness_paper(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Signed today."""
    person, _, paper = subject.partition(".")
    return {"person": person, "paper": paper, "fit": True}


def document(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A passport that was found."""
    return {"person": subject, "document": passport_of(life, number_of(subject), today)}


def ticket_name(life: Life, subject: str, today: date) -> dict[str, Any]:
    """As the document prints it."""
    return {"about": subject, "given_names": life.given_names, "family_name": life.family_name}


def proof(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A birth record, and an old identity card."""
    return {"person": subject, "proofs": ["birth_record", "old_document"]}


def exit_(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Free to leave."""
    return {"cleared": True, "told_the_person": True, "valid_until": day(today, 90)}


def legal_stay(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Overstayed by two months and a half, with a fine that the person pays; a victim is here by right."""
    if life.screening != "none":
        return {"person": subject, "ends_on": None, "fine_payer": "waived"}
    ends_on = day(today, -OVERSTAYED)
    return {"person": subject, "ends_on": ends_on, "fine_estimate": "3500", "currency": "TRY", "fine_payer": "person"}


def permit(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Thirty days, then extensions of four months."""
    person, _, count = subject.partition(".")
    kind, days = ("first", 30) if count == "0" else ("extension", 120)
    return {"person": person, "kind": kind, "issued_on": today.isoformat(), "valid_until": day(today, days)}


def of_person(**said: Any) -> Answer:
    """The same for whoever is asked about."""
    return lambda _life, subject, _today: {"person": subject, **said}


def about(**said: Any) -> Answer:
    """The same for whatever is asked about."""
    return lambda _life, subject, _today: {"about": subject, **said}


ANSWERS: dict[str, Answer] = {
    "health_clearance": health,
    "fitness_paper": fitness_paper,
    "travel_document": document,
    "document_name": about(theirs=True),
    "ticket_name": ticket_name,
    "expiry_seen": about(plan="travel_before"),
    "nationality_evidence": proof,
    "statelessness": of_person(outcome="national"),
    "exit_clearance": exit_,
    "legal_stay": legal_stay,
    "ban_told": of_person(**TOLD),
    "band_edge": about(plan="leave_before"),
    "exit_hold": always(authority="court", lifted=True),
    "statement": of_person(outcome="remote"),
    "removal_appeal": of_person(outcome="waived"),
    "victim_permit": permit,
    "permit_objection": of_person(),
}
