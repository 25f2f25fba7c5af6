"""Cases in lists: by filters, a page at a time, and found by a name in any script or by a reference."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.rows import lines
from api.pages.visitor import Posted, PostingStaff, StaffVisitor
from models.access import Act, may
from models.case import Case
from models.queries import caseload, search
from models.queries.access import ways
from models.queries.caseload import PAGE, Filters
from models.stage import Stage, Track
from workflows.name_search import wanted

router = APIRouter(prefix="/cases", include_in_schema=False)
Country = Annotated[str | None, Query(pattern=r"^([A-Z]{2})?$")]
PARTIES = ("person", "partner", "consulate", "airline")
# The working lists that everybody knows (peers.md §5): each is a set of filters.
LISTS = (
    ("mine", "mine=true"), ("asked", "asked=true"), ("near", "near=true"), ("overdue", "overdue=true"),
    ("answered", "answered=true"), ("partner", "waits_for=partner"),
    ("consulate", "waits_for=consulate"), ("follow_up", "stage=follow_up"), ("closed", "closed=true"),
)  # fmt: skip


def filters(
    stage: str = "",
    waits_for: str = "",
    track: str = "",
    country: Country = None,
    closed: bool = False,
    overdue: bool = False,
    unowned: bool = False,
    mine: bool = False,
    asked: bool = False,
    near: bool = False,
    answered: bool = False,
    before: UUID | None = None,
    after: UUID | None = None,
) -> Filters:  # fmt: skip
    """What an address asks for. A word that there is not leaves everything."""
    party = waits_for if waits_for in PARTIES else None
    known = next((one for one in Stage if one.value == stage), None), next((one for one in Track if one == track), None)
    return Filters(known[0], party, known[1], country or None, closed, overdue, unowned, mine, asked, near, answered,
                   before, after)  # fmt: skip


@router.get("")
def listed(
    request: Request, visitor: StaffVisitor, house: HouseDep, by: Annotated[Filters, Depends(filters)]
) -> HTMLResponse:
    """One page of a list."""
    now = house.clock.now()
    with house.database.reading() as session:
        found = caseload.page(session, visitor.staff, now, by)
        more = len(found) > PAGE
        shown = (found[1:] if by.after and more else found[:PAGE]) if more else found
        rows = lines(session, visitor.staff, shown, now)
    older = shown[-1].id if shown and (more or by.after) else None
    newer = shown[0].id if shown and (by.before or (by.after and more)) else None
    return show(
        request, visitor, house, rows, by=by, older=link(request, before=older), newer=link(request, after=newer)
    )


def link(request: Request, **to: UUID | None) -> str:
    """The address of another page of the same list; empty where there is none."""
    [(name, value)] = to.items()
    if value is None:
        return ""
    kept = {key: said for key, said in request.query_params.items() if key not in ("before", "after")}
    return "?" + urlencode({**kept, name: str(value)})


@router.post("/search")
def searched(request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> HTMLResponse:
    """Cases of one's own by a name or a reference. A name never stands in an address, so this is a POST."""
    typed, now = str(form.get("q", "")).strip()[:80], house.clock.now()
    found: Sequence[Case] = []
    with house.database.reading() as session:
        if typed and may_search(visitor, house):
            found = search.found(session, visitor.staff, wanted(house.database.keyring, typed), typed, now)
        rows = lines(session, visitor.staff, found, now)
    return show(request, visitor, house, rows, by=Filters(), typed=typed)


def may_search(visitor: StaffVisitor, house: HouseDep) -> bool:
    """Whether there is anything that somebody may search."""
    now = house.clock.now()
    return may(visitor.staff, Act.SEARCH) or any(
        may(visitor.staff, Act.SEARCH, [way.tie]) for way in ways(visitor.staff, now)
    )


def show(
    request: Request, visitor: StaffVisitor, house: HouseDep, rows: Sequence[object], *, by: Filters,
    typed: str | None = None, older: str = "", newer: str = "",
) -> HTMLResponse:  # fmt: skip
    """The list as a page."""
    return page(
        request, "staff/cases.html", visitor, rows=rows, by=by, typed=typed, older=older, newer=newer, lists=LISTS,
        stages=list(Stage), tracks=list(Track), parties=PARTIES, may_open=may(visitor.staff, Act.OPEN),
    )  # fmt: skip
