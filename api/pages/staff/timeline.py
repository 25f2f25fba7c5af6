"""The time line of a case: who did what and when, the newest first, a page at a time."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.case import doors, newest, opened, told
from api.pages.visitor import StaffVisitor

router = APIRouter(prefix="/cases/{ref}", include_in_schema=False)
PAGE = 60


@router.get("/timeline")
def timeline(
    ref: str, request: Request, visitor: StaffVisitor, house: HouseDep, before: int | None = None
) -> HTMLResponse:
    """One page of it."""
    with house.database.reading() as session:
        found = opened(session, visitor, ref, house.clock.now())
        events = newest(session, ref, min(before, 2**31) if before else None, PAGE)
    return page(
        request, "staff/timeline.html", visitor, case=found.case, events=told(events, visitor.language),
        more=len(events) == PAGE, doors=doors(visitor, found),
    )  # fmt: skip
