"""Messages of a case and what came back; what operations watch; the fuse."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.access import Allowed
from api.deps import STAFF_ROLES, HouseDep, OnceDep, SignedIn, require
from api.step_up import ProvenOnceDep
from models.access import Act
from models.queries import messages
from models.queries.access import visible_to
from models.queries.cases import by_ref
from models.stage import Role
from workflows import replies
from workflows.inbox import by_hand
from workflows.lease import UnknownCase
from workflows.messages import fuse

router = APIRouter(prefix="/api/cases", tags=["messages"], dependencies=[Depends(require(*STAFF_ROLES))])
WATCHERS = (Role.OPERATIONS, Role.SUPERVISOR)
watch = APIRouter(prefix="/api/messages", tags=["messages"], dependencies=[Depends(require(*WATCHERS))])
letters = APIRouter(prefix="/api/inbound", tags=["messages"], dependencies=[Depends(require(*by_hand.MAY))])
DAYS = timedelta(days=7)


@router.get("/{ref}/messages", dependencies=[Depends(Allowed(Act.SEE))])
def of_case(ref: str, house: HouseDep) -> dict[str, Any]:
    """Every message of a case with how far it is, and what came back, without any text."""
    with house.database.reading() as session:
        case = by_ref(session, ref)
        if case is None:
            raise UnknownCase(ref)
        back = messages.replies_of(session, case.id)
        heard = [row.model_dump(include={"id", "at", "channel", "meaning", "point", "read_at"}) for row in back]
        return {"messages": [asdict(row) for row in messages.messages_of(session, case.id)], "replies": heard}


@router.post("/{ref}/replies/{reply}/reading", dependencies=[Depends(Allowed(Act.SEE))])
def reply(ref: str, reply: UUID, house: HouseDep, who: SignedIn) -> dict[str, str]:
    """The text of one reply; that it was read is written down before it is shown."""
    return {"text": replies.read_reply(house, ref, reply, who)}


@letters.post("/{letter}/reading")
def read(letter: UUID, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """What nobody could understand, for a protection officer or supervisor; that it was read is written down first."""
    return by_hand.read_letter(house, letter, who)


@letters.post("/{letter}/settled")
def settled(letter: UUID, house: HouseDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """Somebody has seen to it: it waits no more, and nothing of it is kept."""

    def work() -> dict[str, Any]:
        by_hand.settle_letter(house, letter, who)
        return {"settled": str(letter)}

    return once.answer({}, work)


@watch.get("")
def state(house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """What failed in the last days, what waits, what nobody has read, and whether the fuse holds everything."""
    now = house.clock.now()
    since, among = now - DAYS, visible_to(who, now)
    with house.database.reading() as session:
        blown = messages.fuse(session)
        unread = [
            {"id": row.id, "case": ref, "at": row.at} for row, ref in messages.unread_replies(session, among=among)
        ]
        return {
            "counts": messages.counts(session, since),
            "in_vain": [asdict(row) for row in messages.in_vain(session, since, among=among)],
            "waiting": [asdict(row) for row in messages.waiting(session, among=among)],
            "unread": unread,
            "fuse": blown and {"blown_at": blown.blown_at, "counted": blown.counted, "most": blown.most},
        }


@watch.post("/fuse/release", dependencies=[Depends(require(Role.SUPERVISOR))])
def release(house: HouseDep, once: ProvenOnceDep, who: SignedIn) -> JSONResponse:
    """A supervisor lets held messages leave, with ``X-Sila-Proof``. Gives how many there are."""
    return once.answer({}, lambda: {"held": fuse.release(house, who)})
