"""Gives the person their window while they are in the room: the numbers that they choose, the link as a QR code."""

import segno
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.case import opened
from api.pages.visitor import Posted, PostingStaff, StaffVisitor
from models.access import Act
from models.queries.access import must_ref
from models.window import windows_of
from workflows.commands import Refused
from workflows.window import give, take_back

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)


@router.get("/window")
def look(ref: str, request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """Which windows there are, and when each was last used."""
    return shown(ref, request, visitor, house)


def shown(
    ref: str, request: Request, visitor: StaffVisitor, house: HouseDep, status: int = 200, wrong: str = ""
) -> HTMLResponse:
    """The page, with what is wrong."""
    with house.database.reading() as session:
        opened(session, visitor, ref, house.clock.now())
        must_ref(session, visitor.staff, Act.RECORD, ref, house.clock.now(), 2)
        rows = windows_of(session, ref)
    return page(request, "staff/window.html", visitor, status, ref=ref, windows=rows, wrong=wrong, qr="", address="")


@router.post("/window")
def hand_over(ref: str, request: Request, visitor: PostingStaff, house: HouseDep, form: Posted) -> HTMLResponse:
    """A new window; its link is shown once, to be printed or scanned."""
    now = request.app.state.wall()
    if form.get("safe") != "yes":
        return shown(ref, request, visitor, house, 422, "Ask first whether the person can keep the paper safely.")
    try:
        pins = str(form.get("pin", "")), str(form.get("other", ""))
        given = give(house, ref, *pins, visitor.staff, now, by_code=form.get("by_code") == "yes")
    except Refused as error:
        return shown(ref, request, visitor, house, error.status, error.remedy)
    address = f"{request.app.state.settings.public_url}/w/in/{given.token}"
    qr = segno.make(address, error="m").svg_data_uri(scale=5)
    return page(request, "staff/window.html", visitor, ref=ref, windows=[], wrong="", qr=qr, address=address)


@router.post("/window/end")
def end(ref: str, request: Request, visitor: PostingStaff, house: HouseDep) -> HTMLResponse:
    """Nobody gets in by it any more."""
    take_back(house, ref, visitor.staff, request.app.state.wall())
    return shown(ref, request, visitor, house)
