"""Consent, counselling, the choice, the declaration, the partner, shelter and transport."""

from datetime import date
from typing import Any

from api.cli.answers.common import Answer, always, use_up
from api.cli.cast import CONSENT, TEXT_HASH, Life, signed

WAIVER = {
    "asked_by_the_person": True, "witness": "second_counsellor", "text_version": "waiver-1", "text_hash": TEXT_HASH,
}  # fmt: skip
OPTIONS = ["stay", "asylum", "regularisation", "return", "third_country"]


def session(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A conversation about all options, alone with the counsellor; some ask not to wait, before a witness."""
    said = {"options": OPTIONS, "language": "tr", "present": ["colleague"], "materials": [TEXT_HASH]}
    return said | {"waiver": WAIVER} if life.waives_reflection else said


def choice(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The next choice of the life."""
    return {"track": use_up(life.tracks)}


def declaration(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Each adult signs, in their language, before a witness."""
    return {**signed("declaration", life.language), "witness": "protection_officer", "person": subject}


def assent(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A child who wants to go along."""
    return {**signed("assent", "tr"), "person": subject, "assents": True, "guardian_consents": True}


def coercion_closing(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Looked into."""
    return {"flag": subject, "reason": "Spoke with the person alone: nobody presses them."}


def decision_maker(life: Life, subject: str, today: date) -> dict[str, Any]:
    """A guardian whom a court appointed."""
    return {"person": subject, "name": "A. Guardian", "authority": "court_decision", "document_hash": TEXT_HASH}


def transfer(life: Life, subject: str, today: date) -> dict[str, Any]:
    """Consent to share with the partner named."""
    return {**signed("transfer", "tr"), "recipient": subject}


def appointment(life: Life, subject: str, today: date) -> dict[str, Any]:
    """No appointment is wanted: they will come by themselves."""
    return {"about": subject, "declined": True}


def withdrawal_note(life: Life, subject: str, today: date) -> dict[str, Any]:
    """The person came alone."""
    return {"about": subject, "third_party_present": "no"}


ANSWERS: dict[str, Answer] = {
    "data_consent": always(**CONSENT),
    "counselling_session": session,
    "track_choice": choice,
    "declaration": declaration,
    "child_assent": assent,
    "coercion_closing": coercion_closing,
    "decision_maker": decision_maker,
    "transfer_consent": transfer,
    "bed_and_transport": always(),
    "counselling_appointment": appointment,
    "withdrawal_note": withdrawal_note,
}
