"""Cases in lists: by filters, a page at a time, and found by a name in any script or by a reference."""

import re
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session, col, or_, select
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.staff.rows import lines
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.access import Act, may
from models.case import Case
from models.queries import caseload, search
from models.queries.caseload import PAGE, Filters
from models.queries.families import relatives
from models.queries.ties import ANSWERS_FOR, ways
from models.saved_filter import LONGEST, saved_of
from models.staff import Staff
from models.stage import Role, Stage, Track
from workflows.house import House
from workflows.name_search import wanted

router = APIRouter(prefix="/cases", include_in_schema=False)
Country = Annotated[str | None, Query(pattern=r"^([A-Z]{2})?$")]
YES, WORD, NEVER = re.compile("true"), re.compile(r"[a-z_]{1,40}"), re.compile(r"(?!)")
# What an address may say of a list, and how; a page of it is no part of it.
FILTERS = {
    **dict.fromkeys(("closed", "overdue", "unowned", "mine", "asked", "near", "answered"), YES),
    **dict.fromkeys(("stage", "waits_for", "track"), WORD),
    "country": re.compile("[A-Z]{2}"), "owner": re.compile(r"[\w.@-]{1,60}"),
}  # fmt: skip
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
    owner: str = "",
    before: UUID | None = None,
    after: UUID | None = None,
) -> Filters:  # fmt: skip
    """What an address asks for. A word that there is not leaves everything."""
    party = waits_for if waits_for in PARTIES else None
    known = next((one for one in Stage if one.value == stage), None), next((one for one in Track if one == track), None)
    return Filters(known[0], party, known[1], country or None, closed, overdue, unowned, mine, asked, near, answered,
                   owner[:60] or None, before, after)  # fmt: skip


@router.get("")
def listed(
    request: Request, visitor: StaffVisitor, house: HouseDep, by: Annotated[Filters, Depends(filters)]
) -> HTMLResponse:
    """One page of a list."""
    return table(request, visitor, house, by, query=canonical(request.url.query))


def table(
    request: Request, visitor: Visitor, house: House, by: Filters, *, query: str, trouble: str = "", name: str = ""
) -> HTMLResponse:  # fmt: skip
    """A page of a list, also after a refusal to keep it."""
    now = house.clock.now()
    with house.database.reading() as session:
        found = caseload.page(session, visitor.staff, now, by)
        more = len(found) > PAGE
        shown = (found[1:] if by.after and more else found[:PAGE]) if more else found
        rows = lines(session, visitor.staff, shown, now)
        kin = relatives(session, visitor.staff, now, [case.id for case in shown])
        beside = {"saved": saved_of(session, visitor.staff.handle), "owners": owners(session, visitor.staff)}
    older = shown[-1].id if shown and (more or by.after) else None
    newer = shown[0].id if shown and (by.before or (by.after and more)) else None
    return show(
        request, visitor, rows, by=by, status=422 if trouble else 200, query=query, trouble=trouble, name=name, kin=kin,
        older=link(query, before=older), newer=link(query, after=newer), **beside,
    )  # fmt: skip


def owners(session: Session, who: Staff) -> Sequence[str]:
    """By whom a supervisor may filter: whom they lead, and who has no supervisor."""
    if not who.has(Role.SUPERVISOR):
        return []
    led = or_(col(Staff.supervisor).is_(None), Staff.supervisor == who.handle)
    query = select(Staff).where(led, Staff.active, col(Staff.partner).is_(None)).order_by(col(Staff.handle))
    return [one.handle for one in session.exec(query) if one.has(*ANSWERS_FOR)]


def canonical(query: str) -> str:
    """The filters of an address in one order, without what leaves everything and without the page."""
    known = {key: value for key, value in parse_qsl(query[:1000]) if FILTERS.get(key, NEVER).fullmatch(value)}
    return urlencode(sorted(known.items()))


def by_query(query: str) -> Filters:
    """The same as filters."""
    said: dict[str, Any] = {key: value == "true" if FILTERS[key] is YES else value for key, value in parse_qsl(query)}
    return filters(**said)


def link(query: str, **to: UUID | None) -> str:
    """The address of another page of the same list; empty where there is none."""
    [(name, value)] = to.items()
    return "" if value is None else "/cases?" + urlencode([*parse_qsl(query), (name, str(value))])


@router.post("/search")
def searched(request: Request, visitor: PostingStaff, form: Posted, house: HouseDep) -> HTMLResponse:
    """Cases of one's own by a name or a reference. A name never stands in an address, so this is a POST."""
    typed, now = str(form.get("q", "")).strip()[:80], house.clock.now()
    found: Sequence[Case] = []
    with house.database.reading() as session:
        if typed and may_search(visitor, house):
            found = search.found(session, visitor.staff, wanted(house.database.keyring, typed), typed, now)
        rows = lines(session, visitor.staff, found, now)
        kin = relatives(session, visitor.staff, now, [case.id for case in found])
    return show(request, visitor, rows, by=Filters(), typed=typed, kin=kin)


def may_search(visitor: StaffVisitor, house: HouseDep) -> bool:
    """Whether there is anything that somebody may search."""
    now = house.clock.now()
    return may(visitor.staff, Act.SEARCH) or any(
        may(visitor.staff, Act.SEARCH, [way.tie]) for way in ways(visitor.staff, now)
    )


def show(
    request: Request, visitor: Visitor, rows: Sequence[object], *, by: Filters, status: int = 200, **values: Any
) -> HTMLResponse:
    """The list as a page."""
    nothing = dict.fromkeys(("query", "trouble", "name", "older", "newer"), "")
    known = {"typed": None, "saved": [], "owners": [], "longest": LONGEST, **nothing} | values
    return page(
        request, "staff/cases.html", visitor, status, None, rows=rows, by=by, lists=LISTS, stages=list(Stage),
        tracks=list(Track), parties=PARTIES, may_open=may(visitor.staff, Act.OPEN), **known,
    )  # fmt: skip
