"""Receiving partners with a key of their own: what was offered to them, their words, and what they were sent.

Whether a partner may see a handover is asked of ``may_receive`` alone. One that it may not see, or that never
was, gets the same answer to the letter, whatever it says.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from sqlmodel import Session, col, select

from api.deps import HouseDep, NudgerDep, OnceDep, SignedIn, require
from api.errors import Problem
from models.access import Act, may
from models.case import Case
from models.database import vault_of
from models.event import append
from models.handover import Handover, HandoverPackage
from models.handover_state import WITH_PARTNER
from models.queries.access import relations_of
from models.staff import Staff
from models.stage import Role
from workflows.class_three import note_class3
from workflows.house import House
from workflows.inbox import hear
from workflows.inputs.partner_words import WordIn
from workflows.partner_door import partner_may_read, seen

router = APIRouter(prefix="/api/handovers", tags=["partners"], dependencies=[Depends(require(Role.RECEIVING_PARTNER))])
MOST = 200


def unknown() -> Problem:
    """The one answer for what is not, is no longer, or never was this partner's."""
    return Problem(404, "unknown_handover", "No handover of this id is open for you. Nothing more is needed from you.")


def of_partner(session: Session, handover_id: UUID, who: Staff) -> Handover:
    """A handover of this partner, open or not. Raises Problem for another's."""
    row = session.get(Handover, handover_id)
    if row is None or row.partner != who.partner or row.back or not row.reference:
        raise unknown()
    return row


def may_receive(session: Session, row: Handover, who: Staff, now: datetime) -> bool:
    """The policy by the relation, and the handover by its state; both must say yes."""
    case = session.get_one(Case, row.case_id)
    return may(who, Act.RECEIVE, relations_of(session, who, case, now), 3) and partner_may_read(session, row, now)


@router.get("")
def mine(house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """This partner's open handovers, newest first."""
    now = house.clock.now()
    with house.database.reading() as session:
        query = select(Handover).where(Handover.partner == who.partner, col(Handover.status).in_(WITH_PARTNER))
        rows = session.exec(query.where(col(Handover.back).is_(False)).order_by(col(Handover.at).desc()).limit(MOST))
        return {"handovers": [seen(session, row, now) for row in rows if may_receive(session, row, who, now)]}


@router.get("/{handover_id}")
def one(handover_id: UUID, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """One handover: what was offered, until when it must be answered, and which packages were sent."""
    now = house.clock.now()
    with house.database.reading() as session:
        row = of_partner(session, handover_id, who)
        if not may_receive(session, row, who, now):
            raise unknown()
        return seen(session, row, now)


@router.get("/{handover_id}/packages/{stage}")
def package(handover_id: UUID, stage: str, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """The newest package of a stage as it was sent. That it was read is written down before it is shown (S12)."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = of_partner(session, handover_id, who)
        if not may_receive(session, row, who, now):
            raise unknown()
        query = select(HandoverPackage).where(HandoverPackage.handover_id == row.id, HandoverPackage.stage == stage)
        sent = session.exec(query.order_by(col(HandoverPackage.at).desc())).first()
        if sent is None:
            raise unknown()
        case = session.get_one(Case, row.case_id)
        append(session, case.ref, "partner.read", who.handle, now, stage=stage, sha256=sent.sha256)
        ties = relations_of(session, who, case, now)
        note_class3(session, who, case, ties, sent.manifest, now, act=Act.RECEIVE, person=row.person_id)
        body = vault_of(session).open(sent, "body")
    return {"sha256": sent.sha256, "package": body}


@router.post("/{handover_id}/word")
def say(
    handover_id: UUID, body: WordIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Accept, decline, ask back, confirm an arrival, sign for the person: one word of the partner."""

    def work() -> dict[str, Any]:
        result, hears = heard(house, nudger, handover_id, body, who)
        if not hears:
            raise unknown()
        if result == "inert":
            raise Problem(409, "already_said", "This was answered already, or it is not the time: nothing was changed.")
        return {"status": result, "id": str(handover_id)}

    return once.answer(body.model_dump(mode="json"), work)


def heard(house: House, nudger: Any, handover_id: UUID, body: WordIn, who: Staff) -> tuple[str, bool]:
    """What came of a word, and whether its speaker may hear of it. A word that comes too late is kept all the same."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        row = of_partner(session, handover_id, who)
        hears = may_receive(session, row, who, now)
        change, result = hear(session, row, f"handover.{body.kind}", body.model_dump(), who.handle, now)
    if change:
        nudger.push(change)
    return result, hears
