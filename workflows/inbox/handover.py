"""A partner's word on a handover: it moves it forward by the table of moves, or is kept and changes nothing (S16).

What comes too late, twice, out of order or from a partner that may no longer know is written down all the same,
shown as inert, and answered neutrally (S10, F25, F26).
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.case import Case
from models.database import vault_of
from models.event import append
from models.handover import Handover, HandoverWord
from models.handover_state import EXITS, after
from models.link import LinkPurpose, use_up
from models.queries.partners import ANSWERS
from workflows.commands import Change
from workflows.gather import gather
from workflows.handover.access import may_read
from workflows.handover.clock import is_over
from workflows.inbox.waking import woken
from workflows.inbox.words import BESIDE, MOVED, Word
from workflows.lease import lock


def hear(
    session: Session,
    row: Handover,
    kind: str,
    said: dict[str, Any],
    by: str,
    now: datetime,
    heard_at: datetime | None = None,
) -> tuple[Change | None, str]:
    """Take one word. ``heard_at`` is when it reached our door: that instant decides whether it came in time.

    The case is locked before the handover is read, so that of two words at once the second sees what the first did.
    """
    case = lock(session, session.get_one(Case, row.case_id).ref)
    session.refresh(row)
    event = kind.removeprefix("handover.")
    outcome = taken(Word(session, case, row, event, said, by, now, gather(session, case, heard_at or now)))
    keep(session, row, event, said, outcome, by, now)
    if outcome == "too_late":  # the offer has run out: it is recalled, so that the partner does not rely on its word
        return woken(session, case.id, "partner.too_late", by, now, said=kind), "inert"
    if outcome == "inert":
        append(session, case.ref, "partner.too_late", by, now, said=kind)
        return None, "inert"
    return woken(session, case.id, f"partner.{event}", by, now), outcome


def taken(word: Word) -> str:
    """What came of it: the new status, or why it changed nothing."""
    row = word.row
    if is_over(word.facts, word.known) and word.event in ANSWERS:
        return "too_late"
    if row.status == "expired" and word.event in ANSWERS:
        return "too_late"
    if not may_read(word.facts, word.known):
        return "inert"
    if word.event in BESIDE:
        return BESIDE[word.event](word)
    reached = after(row.status, word.event)
    if reached is None:
        return "inert"
    if word.event == "accepted" and not word.said.get("focal_point"):
        row.unnamed_at = row.unnamed_at or word.now
        return "unnamed"
    move(word, reached.value)
    return reached.value


def move(word: Word, reached: str) -> None:
    """The handover stands elsewhere from now on."""
    row = word.row
    if row.status != reached:
        row.status, row.waiting_since = reached, word.now
    if word.event in ("declined", "cancelled"):
        row.reason = word.said.get("reason_code")
    if reached in EXITS:
        row.ended_at = word.now
        use_up(word.session, LinkPurpose.PARTNER_HANDOVER, str(row.id))
    follows = MOVED.get(word.event)
    if follows:
        follows(word)


def keep(
    session: Session, row: Handover, event: str, said: dict[str, Any], outcome: str, by: str, now: datetime
) -> None:
    """Every word stays, whatever came of it."""
    word = HandoverWord(
        case_id=row.case_id, at=now, by=by, journey=row.journey, person_id=row.person_id, handover_id=row.id,
        kind=event, outcome=outcome[:20], reason=said.get("reason_code"),
    )  # fmt: skip
    vault_of(session).seal(word, text=said.get("text"))
    session.add(word)
