"""Reminds, answers what was asked back, and recalls."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.handover import Handover
from workflows.actions.partner_handover.offer import of_handover
from workflows.actions.people import subject_row
from workflows.facts import Facts
from workflows.house import World
from workflows.ledger import Letter


def reply(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The counsellor's answer to what the partner asked back."""
    handover = subject_row(session, Handover, effect)
    return of_handover(session, case, effect, facts) | {"text": vault_of(session).open(handover, "reply")}


def remind(world: World, letter: Letter) -> bool:
    """One reminder."""
    world.partners[letter.body["partner"]].remind(letter.body["reference"], key=letter.key)
    return True


def answer(world: World, letter: Letter) -> bool:
    """Answer what was asked back."""
    said = letter.body
    world.partners[said["partner"]].answer(said["reference"], said["text"], key=letter.key)
    return True


def answered(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The partner's clock runs again."""
    handover = subject_row(session, Handover, effect)
    if handover.status == "asked_back":
        handover.status, handover.waiting_since = "offered", now


def nothing(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The ledger row says it all."""


def recall(world: World, letter: Letter) -> bool:
    """Take the case back."""
    world.partners[letter.body["partner"]].recall(letter.body["reference"], "no_longer_needed", key=letter.key)
    return True


def recalled(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The partner's access is closed."""
    handover = subject_row(session, Handover, effect)
    handover.status, handover.ended_at = "recalled", now
