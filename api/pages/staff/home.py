"""The first page: what needs action."""

from datetime import datetime

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.forms import labels
from api.pages.engine import page
from api.pages.places import CASE_STAFF
from api.pages.staff.case import done
from api.pages.staff.rows import lines
from api.pages.visitor import StaffVisitor, Visitor
from models.draft import drafts_of
from models.queries import caseload
from models.queries.alerts import for_staff
from models.queries.caseload import OUTSIDE, TILES, Filters
from models.stage import Role

router = APIRouter(include_in_schema=False)
# Who has no cases begins where their work is.
ELSEWHERE = {Role.OPERATIONS: "/operations", Role.ADMINISTRATOR: "/staff", Role.RECEIVING_PARTNER: "/inbox"}


@router.get("/")
def home(request: Request, visitor: StaffVisitor, house: HouseDep) -> Response:
    """What is asked, late, near and new in one's own cases, and for whom they wait."""
    elsewhere = next((path for role, path in ELSEWHERE.items() if visitor.staff.has(role)), None)
    if elsewhere and not visitor.staff.has(*CASE_STAFF, Role.SHELTER_PARTNER):
        return RedirectResponse(elsewhere, 303)
    return board(request, visitor, house)


def board(request: Request, visitor: StaffVisitor, house: HouseDep) -> HTMLResponse:
    """The page itself."""
    who, now = visitor.staff, house.clock.now()
    with house.database.reading() as session:
        values = {
            "asked": caseload.asked(session, who, now), "counts": caseload.counts(session, who, now, TILES | OUTSIDE),
            "outside": OUTSIDE, "done": done(request.query_params.get("recorded", ""), visitor.language),
             "leads": who.has(Role.SUPERVISOR),
            "alerts": for_staff(session, who), "drafts": drafts(session, visitor, now),
            "newest": lines(session, who, caseload.page(session, who, now, Filters(), most=5)[:5], now),
        }  # fmt: skip
    return page(request, "staff/home.html", visitor, 200, None, **values)


def drafts(session: Session, visitor: Visitor, now: datetime) -> list[tuple[str, str, datetime]]:
    """Forms that the reader put aside: where they are, what they are of, and since when."""
    aside = drafts_of(session, visitor.staff.handle, now, 10)
    return [(path, what_of(path, visitor.language), at) for path, at in aside]


def what_of(path: str, language: str) -> str:
    """The kind of fact and its case, by the address of the form; an intake and an answer have no more than a name."""
    words, parts = labels(language), path.strip("/").split("/")
    if parts[:2] == ["cases", "new"]:
        return words.text("draft_intake")
    if len(parts) == 4 and parts[3] in words.parts["kinds"]:
        return f"{words.kind(parts[3])[0]} · {parts[1]}"
    return words.text("draft_answer")
