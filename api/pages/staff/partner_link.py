"""A new link for a partner that lost the last one; the earlier ones open nothing any more."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.pages.visitor import PostingStaff
from models.access import Act
from models.queries.access import must_ref
from workflows.partner_link import renew

router = APIRouter(include_in_schema=False)


@router.post("/cases/{ref}/handovers/{handover_id}/link")
def again(ref: str, handover_id: UUID, house: HouseDep, visitor: PostingStaff) -> Response:
    """For whoever works on the case: the link goes to the partner's focal contact, never to who asked for it."""
    with house.database.reading() as session:
        must_ref(session, visitor.staff, Act.RECORD, ref, house.clock.now())
    renew(house, ref, handover_id, visitor.staff)
    return RedirectResponse(f"/cases/{ref}?recorded=partner_link", 303)
