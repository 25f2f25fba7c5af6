"""The inbox of a partner whose people have accounts: what waits for it, with the same pages as on a phone."""

from fastapi import APIRouter, Request
from sqlmodel import col, select
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.partner.codes import STATUS, TONGUES, named
from api.pages.places import N_
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Stopped
from api.pages.words import LANGUAGES
from models.handover import Handover
from models.handover_state import WITH_PARTNER
from models.signed_in import SignedIn
from models.stage import Role
from workflows.partner_door import partner_may_read, seen
from workflows.place_door import open_places

router = APIRouter(prefix="/inbox", include_in_schema=False)
MOST = 200
NO_ORGANISATION = N_(
    "Your account belongs to no partner organisation yet, so there is nothing to show. Ask the administrator who "
    "invited you to add your organisation to it; then sign in again."
)


@router.get("")
def inbox(request: Request, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """What waits for this partner: questions about places, and its open handovers, newest first."""
    if visitor.staff.has(Role.RECEIVING_PARTNER) and visitor.staff.partner is None:
        raise Stopped(visitor, "no_organisation", NO_ORGANISATION)
    if not visitor.staff.has(Role.RECEIVING_PARTNER):
        raise Problem(403, "role", "Your role may not use this door.")
    now = house.clock.now()
    with house.database.reading() as session:
        query = select(Handover).where(
            Handover.partner == visitor.staff.partner, col(Handover.status).in_(WITH_PARTNER),
            col(Handover.back).is_(False), Handover.reference != "",
        )  # fmt: skip
        rows = session.exec(query.order_by(col(Handover.at).desc()).limit(MOST))
        many = [seen(session, row, now) for row in rows if partner_may_read(session, row, now)]
        questions = open_places(session, visitor.staff.partner, now, MOST)
    return page(
        request, "partner/inbox.html", visitor, many=many, questions=questions, statuses=STATUS, tongues=TONGUES,
        base="/inbox", named=lambda code: named(code, visitor.language),
    )  # fmt: skip


@router.post("/language")
@router.post("/{handover_id}/language")
@router.post("/places/{question_id}/language")
def language(house: HouseDep, visitor: PostingStaff, form: Posted) -> Response:
    """Another language for the rest of the session: a partner reads more of them than our staff."""
    wanted = str(form.get("language", ""))
    with house.database.unit_of_work() as session:
        row = session.get(SignedIn, visitor.signed.id)
        if row is not None and wanted in LANGUAGES:
            row.language = wanted
    return RedirectResponse("/inbox", 303)
