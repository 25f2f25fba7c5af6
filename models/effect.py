"""The effect ledger: a row for everything that touches the world, written before it happens.

``intended → sent → confirmed | rejected | unknown``; ``sent`` is committed before the call, in the
transaction that checks the gates again; ``unknown`` is only reconciled (reliability.md §8).
"""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint

from models.base import instant, plain, word
from models.case import OfJourney
from models.stage import Stage
from models.vault import Keyring


class EffectState(StrEnum):
    """How far an effect is."""

    INTENDED = "intended"
    SENT = "sent"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    VOID = "void"


class Effect(OfJourney, table=True):
    """One thing done to the world once: its action, what it is about, and the generation of the try."""

    __tablename__ = "effects"
    __table_args__ = (UniqueConstraint("case_id", "action", "subject", "generation"),)

    stage: Stage = word(Stage)
    action: str = plain(max_length=40)
    subject: str = plain(max_length=60)
    generation: int = plain(1)
    key: str = plain(max_length=64, unique=True)
    state: EffectState = word(EffectState, EffectState.INTENDED)
    on_behalf_of: str = plain(max_length=60)
    attempts: int = plain(0)
    next_try_at: datetime | None = instant(None)
    sent_at: datetime | None = instant(None)
    settled_at: datetime | None = instant(None)
    reference: str | None = plain(None, max_length=80)
    code: str | None = plain(None, max_length=60)


def effect_key(keyring: Keyring, ref: str, action: str, subject: str, generation: int) -> str:
    """The key partners see: deterministic, so that a restored backup uses it again; 64 hex digits."""
    said = f"{ref}|{action}|{subject}|{generation}".encode()
    return hmac.new(keyring.derived("effects"), said, hashlib.sha256).hexdigest()
