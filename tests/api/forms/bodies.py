"""A valid body for every kind of fact: what the demo answers where it does, else one built from the model."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from api.cli.answers import ANSWERS, answer_to
from api.cli.cast import CONSENT, people
from api.forms.shape import Shape, shapes
from workflows.records.table import FACTS

TODAY = date(2026, 3, 2)
SOMEBODY = "0190b6a0-0000-7000-8000-000000000001"
HASH = "ab" * 32
TEXTS = {
    "^[A-Z]{3}$": "IST", "^[A-Z0-9]{5,8}$": "QX7T2M", "^[A-Z0-9]+$": "U1234567", "^[0-9a-f]{16,64}$": HASH,
    "^[A-Za-z0-9._:-]+$": "entry-0001", "^[a-z0-9][a-z0-9-]{1,39}$": "ge-tools",
}  # fmt: skip
PLAIN: dict[str, Any] = {
    "number": 3, "money": "310.50", "flag": True, "date": "2026-03-04", "moment": "2026-03-04T10:00:00+00:00",
    "reference": SOMEBODY, "country": "GE", "language": "ka", "zone": "Europe/Istanbul", "currency": "EUR",
    "hash": HASH,
}  # fmt: skip
LEAVE_OUT = {
    "GuardianIn": (), "DocumentIn": ("mrz", "issued_on"), "CheckInIn": ("result", "tried_at"), "TriedIn": ("tried_at",),
    "VisitIn": ("result", "tried_at"), "TrustedAttemptIn": ("result", "tried_at"), "AppointmentIn": ("declined",),
    "ContactAttemptIn": ("tried_at",), "FamilySeparationIn": ("other",), "SurveyIn": ("declined",),
    "DocumentOfIn": (), "PersonIn": ("guardian",), "RiskItemIn": ("reason",), "EscortIn": (), "SessionIn": (),
}  # fmt: skip
WRITTEN: dict[str, Any] = {
    "address": "+905551234567", "from_hour": 9, "to_hour": 19, "country": "GEO", "nationality": "GEO",
    "other": "C-0123456789", "valid_until": "2026-05-04", "free_until": "2026-05-04", "method": "bank",
    "account": "TR330006100519", "duress": "kestane",
    "word": "badem", "answers": {"Q1": "ok"}, "name": "Deniz Yalin", "given_names": "Deniz", "family_name": "Yalin",
    "parties": [[SOMEBODY]], "likelihood_after": 2, "impact_after": 2,
}  # fmt: skip


def example(shape: Shape, name: str) -> Any:
    """One value."""
    if shape.model:
        return built(shape.model)
    if name in WRITTEN and not (name == "country" and shape.longest == 2):
        return WRITTEN[name]
    if shape.kind == "list" and shape.item:
        return list(shape.item.words[:2]) or [example(shape.item, name)]
    if shape.kind == "pairs" and shape.item:
        return {"skills": shape.item.words[0] if shape.item.words else example(shape.item, "")}
    if shape.words:
        return shape.words[0]
    if shape.kind != "text":
        return PLAIN[shape.kind]
    return TEXTS.get(shape.pattern, "family_visit")


def built(model: type[BaseModel]) -> dict[str, Any]:
    """Every field filled in, but those that contradict each other."""
    but = LEAVE_OUT.get(model.__name__, ())
    return {name: example(shape, name) for name, shape in shapes(model).items() if name not in but}


def body_of(kind: str) -> dict[str, Any]:
    """The body of one kind."""
    return built(FACTS[kind].model)


def told(kind: str) -> dict[str, Any] | None:
    """What the demo says, where it says something that fits."""
    if kind not in ANSWERS:
        return None
    said = answer_to(people()[0], kind, SOMEBODY, TODAY)
    try:
        FACTS[kind].model.model_validate(said)
    except ValidationError:
        return None
    return said


__all__ = ["CONSENT", "HASH", "SOMEBODY", "TODAY", "body_of", "built", "told"]
