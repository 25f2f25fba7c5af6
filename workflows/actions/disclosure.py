"""Writes down what is told to a consulate or an airline before a byte leaves, on the person's declaration (S5)."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, col, select

from models.case import Case
from models.consent import Consent, ConsentKind
from models.effect import Effect
from models.handover import Disclosure
from workflows.ledger import Letter

Disclose = Callable[[Session, Case, Effect, Letter, datetime], None]


def on_the_declaration(recipient: str, purpose: str, said: Callable[[Any], Any], fields: Iterable[str]) -> Disclose:
    """A disclosure whose basis is the declaration of this journey. ``said`` takes what is told out of the letter."""

    def disclose(session: Session, case: Case, effect: Effect, letter: Letter, now: datetime) -> None:
        word = declaration_of(session, case)
        session.add(
            Disclosure(
                case_id=case.id, at=now, by="sila", journey=effect.journey, recipient=recipient, purpose=purpose,
                basis="declaration", consent_id=word.id if word else None, fields=sorted(fields),
                sha256=sealed(said(letter.body)), effect_id=effect.id,
            )
        )  # fmt: skip

    return disclose


def declaration_of(session: Session, case: Case) -> Consent | None:
    """The newest declaration of this journey that was given."""
    rows = session.exec(
        select(Consent)
        .where(Consent.case_id == case.id, Consent.journey == case.journey, Consent.kind == ConsentKind.DECLARATION)
        .order_by(col(Consent.at).desc())
    ).all()
    return next((row for row in rows if row.given), None)


def sealed(said: Any) -> str:
    """The hash of what is told, whatever its form; models by their JSON."""
    plain = said.model_dump_json() if isinstance(said, BaseModel) else json.dumps(said, default=str, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
