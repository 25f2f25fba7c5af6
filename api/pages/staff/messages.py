"""The messages of a case and what came back: how far each is, and a reply's text for whoever may read it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.access import Act, Field, may
from models.message import Reply
from models.queries import messages
from models.queries.access import Denied, must_ref, relations_of
from models.queries.partners import names
from models.queries.questions import open_in
from workflows import commands, replies
from workflows.commands import Change
from workflows.house import House
from workflows.inputs.words import OfSubjectIn
from workflows.records import FACTS
from workflows.records.acts import act_of

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)


@router.get("/messages")
def listed(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Every message and every reply, without a word of what they say."""
    now = house.clock.now()
    with house.database.reading() as session:
        try:
            case = must_ref(session, visitor.staff, Act.SEE, ref, now)
        except Denied:
            raise Problem(403, "role", "Your part in this case does not go so far.") from None
        ties = relations_of(session, visitor.staff, case, now)
        values: dict[str, Any] = {
            "sent": messages.messages_of(session, case.id), "back": messages.replies_of(session, case.id),
            "called": names(session), "may_read": may(visitor.staff, Act.SEE, ties, 3, Field.NARRATIVE),
            "to_tell": to_tell(session, case.id) if visitor.staff.has(*FACTS["message_told"].roles) else (),
        }  # fmt: skip
    return page(request, "staff/messages.html", visitor, ref=ref, **values)


def to_tell(session: Session, case_id: UUID) -> set[str]:
    """The messages of which somebody is asked to tell the person in another way."""
    return {row.subject for row in open_in(session, case_id) if row.kind == "message_told"}


@router.post("/replies/{reply}/read")
def read(ref: str, reply: UUID, request: Request, visitor: PostingStaff, house: HouseDep) -> HTMLResponse:
    """The text of one reply; that it was read is written down before it is shown (S12)."""
    text = replies.read_reply(house, ref, reply, visitor.staff)
    with house.database.reading() as session:
        row = session.get_one(Reply, reply)
    may_record = visitor.staff.has(*FACTS["reply_read"].roles)
    return page(request, "staff/reply.html", visitor, ref=ref, row=row, text=text, may_record=may_record)


@router.post("/replies/{reply}/done")
def done(ref: str, reply: UUID, visitor: PostingStaff, house: HouseDep, nudger: NudgerDep) -> Response:
    """Somebody has read it and done what it asks for."""
    nudger.push(say(house, ref, "reply_read", reply, visitor))
    return RedirectResponse(f"/cases/{ref}/messages", 303)


@router.post("/messages/{message}/told")
def told(ref: str, message: UUID, visitor: PostingStaff, house: HouseDep, nudger: NudgerDep) -> Response:
    """Somebody has told the person what no message could."""
    nudger.push(say(house, ref, "message_told", message, visitor))
    return RedirectResponse(f"/cases/{ref}/messages", 303)


def say(house: House, ref: str, kind: str, about: UUID, visitor: Visitor) -> Change:
    """Record it. Raises UnknownCase, Denied or Refused."""
    with house.database.reading() as session:
        must_ref(session, visitor.staff, act_of(kind), ref, house.clock.now())
    return commands.record(house, ref, FACTS[kind], OfSubjectIn(about=str(about)), visitor.staff)
