"""How the partners of a case are reached by links, and a new link for one that lost the last."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.visitor import PostingStaff, StaffVisitor, Visitor
from models.access import Act
from models.handover_state import WITH_PARTNER
from models.link import LinkPurpose
from models.queries.access import must_ref
from models.queries.links import asked, reached
from models.queries.partners import names
from workflows.house import House
from workflows.partner_link import contact_of, renew

router = APIRouter(prefix="/cases/{ref}/handovers", include_in_schema=False)


@router.get("")
def links(ref: str, request: Request, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """Each handover that went out, whether its link was opened and on how many devices; no address and no name."""
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.SEE, ref, house.clock.now())
        known, questions = reached(session, case.id), asked(session, case.id)
        called = names(session)
        by_link = {one.partner for one in (*known, *questions) if contact_of(session, one.partner)}
    return page(
        request, "staff/partner_link.html", visitor, ref=ref, known=known, questions=questions, called=called,
        by_link=by_link, open=(*WITH_PARTNER, "asked"), wall=request.app.state.wall(),
        is_sent=request.query_params.get("sent") == "1",
    )  # fmt: skip


@router.post("/{handover_id}/link")
def again(ref: str, handover_id: UUID, house: HouseDep, visitor: PostingStaff) -> Response:
    """For whoever works on the case: the link goes to the partner's focal contact, never to who asked for it."""
    return sent_again(house, ref, handover_id, visitor, LinkPurpose.PARTNER_HANDOVER)


@router.post("/places/{question_id}/link")
def place_again(ref: str, question_id: UUID, house: HouseDep, visitor: PostingStaff) -> Response:
    """The same for a question about the place."""
    return sent_again(house, ref, question_id, visitor, LinkPurpose.PARTNER_PLACE)


def sent_again(house: House, ref: str, row_id: UUID, visitor: Visitor, purpose: LinkPurpose) -> Response:
    """A new link, for somebody who may act in this case."""
    with house.database.reading() as session:
        must_ref(session, visitor.staff, Act.RECORD, ref, house.clock.now())
    renew(house, ref, row_id, visitor.staff, purpose)
    return RedirectResponse(f"/cases/{ref}/handovers?sent=1", 303)
