"""How the partners of a case are reached by links, and a new link for one that lost the last."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.visitor import PostingStaff, StaffVisitor
from models.access import Act
from models.handover_state import WITH_PARTNER
from models.queries.access import must_ref
from models.queries.links import reached
from models.queries.partners import names
from workflows.partner_link import contact_of, renew

router = APIRouter(prefix="/cases/{ref}/handovers", include_in_schema=False)


@router.get("")
def links(ref: str, request: Request, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """Each handover that went out, whether its link was opened and on how many devices; no address and no name."""
    with house.database.reading() as session:
        case = must_ref(session, visitor.staff, Act.SEE, ref, house.clock.now())
        known = reached(session, case.id)
        called = names(session)
        by_link = {one.partner for one in known if contact_of(session, one.partner)}
    return page(
        request, "staff/partner_link.html", visitor, ref=ref, known=known, called=called, by_link=by_link,
        open=WITH_PARTNER, wall=request.app.state.wall(), is_sent=request.query_params.get("sent") == "1",
    )  # fmt: skip


@router.post("/{handover_id}/link")
def again(ref: str, handover_id: UUID, house: HouseDep, visitor: PostingStaff) -> Response:
    """For whoever works on the case: the link goes to the partner's focal contact, never to who asked for it."""
    with house.database.reading() as session:
        must_ref(session, visitor.staff, Act.RECORD, ref, house.clock.now())
    renew(house, ref, handover_id, visitor.staff)
    return RedirectResponse(f"/cases/{ref}/handovers?sent=1", 303)
