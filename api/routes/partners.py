"""Receiving partners with a key of their own: their handovers, their answers, arrivals and receipts."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, Field
from sqlmodel import select

from api.deps import HouseDep, NudgerDep, OnceDep, SignedIn, require
from api.errors import Problem
from models.handover import Handover
from models.staff import Staff
from models.stage import Role
from workflows.house import House
from workflows.inbox import hear
from workflows.inputs import Input

router = APIRouter(prefix="/api/handovers", tags=["partners"], dependencies=[Depends(require(Role.RECEIVING_PARTNER))])


class Word(Input):
    """A partner's word on a handover; which fields count depends on it."""

    kind: Literal["accepted", "declined", "asked_back", "arrival_confirmed", "no_show", "received"]
    focal_point: str | None = Field(None, max_length=60)
    reason_code: str | None = Field(None, max_length=60, pattern=r"^[a-z_]+$")
    text: str | None = Field(None, max_length=2000)
    arrived_at: AwareDatetime | None = None
    met: bool | None = None


def of_partner(house: House, handover_id: UUID, who: Staff) -> Handover:
    """A handover of this partner; another's is as unknown as one that does not exist."""
    with house.database.reading() as session:
        row = session.get(Handover, handover_id)
    if row is None or row.partner != who.partner:
        raise Problem(404, "unknown_handover", "No such handover.")
    return row


def shown(row: Handover) -> dict[str, Any]:
    """A handover as its partner sees it: no case reference, no name."""
    return {
        "id": row.id, "reference": row.reference, "status": row.status, "offered_at": row.at,
        "focal_point": row.focal_point, "ended_at": row.ended_at,
    }  # fmt: skip


@router.get("")
def mine(house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """This partner's handovers, newest first."""
    with house.database.reading() as session:
        rows = session.exec(select(Handover).where(Handover.partner == who.partner).limit(200)).all()
    return {"handovers": [shown(row) for row in sorted(rows, key=lambda row: row.at, reverse=True)]}


@router.post("/{handover_id}/word")
def say(
    handover_id: UUID, body: Word, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Accept, decline, ask back, confirm the arrival, or report that nobody came."""
    check(body)
    row = of_partner(house, handover_id, who)

    def work() -> dict[str, Any]:
        now = house.clock.now()
        with house.database.unit_of_work() as session:
            live = session.get_one(Handover, row.id)
            change, result = hear(session, live, f"handover.{body.kind}", body.model_dump(), who.handle, now)
        if change:
            nudger.push(change)
        return {"status": result if change else "kept", "id": str(row.id)}

    return once.answer(body.model_dump(mode="json"), work)


def check(body: Word) -> None:
    """What each word needs."""
    needs = {
        "accepted": ("focal_point",), "declined": ("reason_code",), "asked_back": ("text",),
        "arrival_confirmed": ("arrived_at", "met"),
    }  # fmt: skip
    for field in needs.get(body.kind, ()):
        if getattr(body, field) is None:
            remedy = {"field": field, "remedy": "is needed with this word"}
            raise Problem(422, "invalid", f"Give {field} with this word.", errors=[remedy])
