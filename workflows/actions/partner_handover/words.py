"""Reminds up the partner's ladder, answers what was asked back or offered back, recalls, and opens incidents."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from integrations.partner import ReturnAnswer
from models.case import Case
from models.database import vault_of
from models.effect import Effect
from models.handover import Handover, HandoverQuestion
from models.handover_state import after
from workflows.actions.partner_handover.offer import of_handover
from workflows.actions.people import subject_row
from workflows.facts import Facts
from workflows.handover.access import why_recall
from workflows.house import World
from workflows.inbox.words import open_incident
from workflows.ledger import Letter

REMIND = {
    "partner_focal": ("focal_point", "answer"),
    "partner_manager": ("manager", "answer"),
    "name": ("focal_point", "name_focal_point"),
    "first_week": ("focal_point", "first_week"),
}
ENDS_AS = {"withdrawn": "withdrawn", "expired": "expired"}
TOLD_AS = {"expired": "deadline_passed", "new_dates": "new_dates"}


def reply(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """The counsellor's answer to what the partner asked back."""
    question = subject_row(session, HandoverQuestion, effect)
    handover = session.get_one(Handover, question.handover_id)
    text = vault_of(session).open(question, "reply")
    return {"partner": handover.partner, "reference": handover.reference, "text": text}


def rung(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Whom to remind, and of what."""
    to, about = REMIND[effect.subject.partition(".")[2]]
    return of_handover(session, case, effect, facts) | {"to": to, "about": about}


def remind(world: World, letter: Letter) -> bool:
    """One reminder."""
    said = letter.body
    world.partners[said["partner"]].remind(said["reference"], to=said["to"], about=said["about"], key=letter.key)
    return True


def answer(world: World, letter: Letter) -> bool:
    """Answer what was asked back."""
    said = letter.body
    world.partners[said["partner"]].answer(said["reference"], said["text"], key=letter.key)
    return True


def answered(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The partner's clock runs on from here with the time that it had left."""
    question = subject_row(session, HandoverQuestion, effect)
    question.sent_at = now
    handover = session.get_one(Handover, question.handover_id)
    if after(handover.status, "answered"):
        handover.status, handover.waiting_since = "offered", now


def nothing(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The ledger row says it all."""


def reason(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Why it is taken back, for us; the partner is told as little as that it is no longer needed."""
    handover = next(one for one in facts.handovers if one.id == effect.subject)
    why = why_recall(facts, handover) or "no_longer_needed"
    return of_handover(session, case, effect, facts) | {"why": why, "told": TOLD_AS.get(why, "no_longer_needed")}


def recall(world: World, letter: Letter) -> bool:
    """Take the case back."""
    world.partners[letter.body["partner"]].recall(letter.body["reference"], letter.body["told"], key=letter.key)
    return True


def recalled(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """The partner's access was closed when the reason came; now it knows."""
    end(subject_row(session, Handover, effect), letter.body["why"], now)


def end(handover: Handover, why: str, now: datetime) -> None:
    """Expired, withdrawn by the person, or recalled."""
    reached = after(handover.status, ENDS_AS.get(why, "recalled"))
    if reached:
        handover.status, handover.reason, handover.ended_at = reached.value, why, now


def recall_refused(session: Session, case: Case, effect: Effect, code: str, now: datetime) -> None:
    """A partner that does not give back what it was told may not see it any more, and somebody must look into it."""
    handover = subject_row(session, Handover, effect)
    end(handover, "recall_refused", now)
    open_incident(session, handover, "recall_refused", "sila", now)


def word_on_return(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """Whether we take the person back, and why not."""
    row = subject_row(session, Handover, effect)
    taken = row.status == "accepted"
    answer = ReturnAnswer(accepted=taken, reason_code=None if taken else row.reason)
    return {"partner": row.partner, "reference": row.reference, "answer": answer}


def answer_return(world: World, letter: Letter) -> bool:
    """Say so."""
    said = letter.body
    world.partners[said["partner"]].answer_return(said["reference"], said["answer"], key=letter.key)
    return True


def opening(session: Session, case: Case, effect: Effect, facts: Facts) -> dict[str, Any]:
    """What kind of incident."""
    return {"kind": effect.subject.partition(".")[2]}


def at_home(world: World, letter: Letter) -> bool:
    """Nobody outside is asked."""
    return True


def opened(session: Session, case: Case, effect: Effect, letter: Letter, done: bool, now: datetime) -> None:
    """From now on a protection officer must see to it."""
    open_incident(session, subject_row(session, Handover, effect), letter.body["kind"], "sila", now)
