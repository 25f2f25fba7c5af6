"""The person's dates, the journey on the clocks of each airport, and the papers that they may have."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.documents.day_sheet import NoTicket, at, in_order, offset, place, ticket
from api.documents.desk import Desk
from api.documents.parts import Words
from api.documents.prints import Viewer, keep, pdf_of
from api.pages.engine import page
from api.pages.person.mine import case_of, to_their_page
from api.pages.person.visitor import AtWindow, Own, PostingOwn
from models.case import Case
from models.consent import ConsentKind
from models.document_print import DocumentPrint
from models.person import Person
from models.queries.cases import notes
from models.queries.sharing import standing_consents
from models.question import StandingRow
from models.stage import Stage
from workflows.lease import lock
from workflows.themselves import BY

router = APIRouter(prefix="/w", include_in_schema=False)
GOES_FIRST = True
LASTS = timedelta(minutes=15)
# Waits whose end is theirs to know: the stage, what it waits for, and the word that the page has for it.
COMING: Mapping[tuple[Stage, str], str] = {
    (Stage.COUNSELLING, "person"): "think", (Stage.DEPARTURE, "date"): "again",
    (Stage.REINTEGRATION, "date"): "support", (Stage.FOLLOW_UP, "date"): "how",
    (Stage.FOLLOW_UP, "person"): "answer",
}  # fmt: skip


@router.get("/dates")
def dates(request: Request, house: HouseDep, own: AtWindow) -> Response:
    """What comes when. It is their own: nobody else's reading is written down for it."""
    if own.empty:
        return to_their_page()
    with house.database.reading() as session:
        case = case_of(session, own)
        desk = desk_of(session, case, own, house.clock.now())
        legs = [] if own.closed else journey(desk)
        coming = [] if own.closed else waits(notes(session, case.id), own.zone)
        papers = [] if own.closed else papers_of(session, case, has_ticket=bool(legs))
    return page(request, "person/dates.html", own, legs=legs, coming=coming, papers=papers)


def desk_of(session: Session, case: Case, own: Own, now: datetime) -> Desk:
    """Their own case before them, in the language of the window."""
    person = session.exec(select(Person).where(Person.case_id == case.id, col(Person.principal))).one()
    return Desk(session, case, person, Words(own.language), now, own.zone)


def journey(desk: Desk) -> list[dict[str, Any]]:
    """The flights of their live ticket; empty where there is none."""
    try:
        known = desk.open(ticket(desk), "flights")
    except NoTicket:
        return []
    return [leg(flight) for flight in in_order(known)]


def leg(flight: dict[str, str]) -> dict[str, Any]:
    """One flight: its number, and both ends."""
    number = f"{flight['carrier']} {flight['flight_number']}"
    return {"number": number, "start": end(flight, "departs_at", "origin"),
            "stop": end(flight, "arrives_at", "destination")}  # fmt: skip


def end(flight: dict[str, str], when: str, where: str) -> dict[str, Any]:
    """One end: the day, the time on the clocks there, their zone, the airport."""
    there = at(flight[when], flight[where])
    return {"day": there.date(), "time": f"{there:%H:%M}", "zone": offset(there), "place": place(flight[where])}


def waits(noted: Mapping[Stage, StandingRow], zone: str) -> list[tuple[str, datetime]]:
    """What comes next, the soonest first, in the time of the house."""
    rows = [(COMING.get((stage, str(row.on))), row.until) for stage, row in noted.items() if row.kind == "Waiting"]
    known = [(what, until.astimezone(ZoneInfo(zone))) for what, until in rows if what and until]
    return sorted(known, key=lambda one: one[1])


def papers_of(session: Session, case: Case, *, has_ticket: bool) -> list[str]:
    """The sheet while there is a ticket; what they declared while it holds."""
    declared = any(row.kind is ConsentKind.DECLARATION for row in standing_consents(session, case))
    return ["day_sheet"] * has_ticket + ["declaration"] * declared


@router.post("/papers/{kind}")
def make(kind: str, house: HouseDep, own: PostingOwn) -> Response:
    """Printed and written down; then it can be fetched while the window is open."""
    if own.closed:
        return to_their_page()
    with house.database.unit_of_work() as session:
        case = lock(session, own.ref)
        desk = desk_of(session, case, own, house.clock.now())
        if kind not in papers_of(session, case, has_ticket=bool(journey(desk))):
            return RedirectResponse("/w/dates", 303)
        row = keep(desk, kind, Viewer(BY))
    return RedirectResponse(f"/w/papers/{row.id}.pdf", 303)


@router.get("/papers/{print_id}.pdf")
def paper(request: Request, print_id: UUID, house: HouseDep, own: AtWindow) -> Response:
    """The PDF, for a quarter of an hour; for another's, an older one or none the same way back (T14)."""
    with house.database.reading() as session:
        row = None if own.empty or own.closed else session.get(DocumentPrint, print_id)
        if row is None or (row.case_ref, row.by) != (own.ref, BY) or house.clock.now() - row.at >= LASTS:
            return RedirectResponse("/w/dates", 303)
        made = pdf_of(session, row, request.app.state.settings.public_url, own.zone)
    name = f'attachment; filename="paper-{str(row.id)[-12:]}.pdf"'
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": name})
