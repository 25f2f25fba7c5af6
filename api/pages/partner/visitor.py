"""Who reads a partner's page: a browser that opened a link with a code, or somebody signed in for the partner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.errors import Problem
from api.pages.engine import page
from api.pages.partner.codes import TONGUES
from api.pages.visitor import Posted, StaffVisitor, from_our_page, guest
from api.pages.words import LANGUAGES
from models.handover import Handover, Partner
from models.link import LinkPurpose
from models.link_session import keep_awake as still_used
from models.link_session import whose
from models.risk_assessment import CountryInput
from models.stage import Role
from workflows.house import House
from workflows.link_subject import PLACES, Subject, subject_of
from workflows.partner_page import Speaker
from workflows.second_device import is_held

LONGEST = 2000


@dataclass(frozen=True)
class Way:
    """One kind of link: its purpose, where its pages are, and the cookie that holds who has opened it."""

    purpose: LinkPurpose
    cookie: str

    @property
    def base(self) -> str:
        """The address of its pages, without a token."""
        return f"/{PLACES[self.purpose]}"


HANDOVER = Way(LinkPurpose.PARTNER_HANDOVER, "sila-link")
PLACE = Way(LinkPurpose.PARTNER_PLACE, "sila-place")


class Closed(Exception):
    """Nothing is open for whoever asks: unknown, too old, used up, taken back and ended look all the same (T14)."""


class Held(Exception):
    """A second device, of which nobody has said yet that it is the partner's own (T7)."""


@dataclass(frozen=True)
class PartnerVisitor:
    """Somebody of a partner before one handover, or one question about a place: the ``subject``.

    ``base`` is where its pages are; ``viewer`` stands on each (C22).
    """

    partner: str
    subject: UUID
    speaker: Speaker
    language: str
    zone: str
    csrf: str
    base: str
    viewer: str
    home: str = ""
    is_other: bool = False
    session: UUID | None = None


def cookie_name(request: Request, way: Way) -> str:
    """With TLS a name that no other host and no plain connection can set."""
    return f"__Host-{way.cookie}" if request.app.state.settings.is_secure else way.cookie


def link_visitor(request: Request, house: HouseDep) -> PartnerVisitor:
    """Whoever opened the link to a handover. Raises Closed, Held."""
    return visitor_by(request, house, HANDOVER)


def place_visitor(request: Request, house: HouseDep) -> PartnerVisitor:
    """Whoever opened the link to a question about a place. Raises Closed, Held."""
    return visitor_by(request, house, PLACE)


def visitor_by(request: Request, house: House, way: Way) -> PartnerVisitor:
    """Whoever entered the code of a living link, for its subject and recipient only. Raises Closed, Held."""
    now = request.app.state.wall()
    with house.database.reading() as session:
        found = whose(session, way.purpose, request.cookies.get(cookie_name(request, way), ""), now)
        row = subject_of(session, found[1]) if found else None
        zone = session.get_one(Partner, row.partner).zone if row else ""
        waits = found is not None and is_held(session, found[0])
    if found is None or row is None:
        raise Closed
    here, link = found
    if waits:
        raise Held(here.language)
    return PartnerVisitor(
        link.recipient, row.id, Speaker(f"partner:{link.recipient}", link.id.hex), here.language,
        zone, here.csrf, way.base, f"{link.recipient} {link.id.hex[-6:]}", is_other=here.is_other,
        session=here.id,
    )  # fmt: skip


def inbox_visitor(request: Request, house: HouseDep, visitor: StaffVisitor, handover_id: UUID) -> PartnerVisitor:
    """Somebody signed in for the partner of a handover; another partner's is as unknown as none. Raises Closed."""
    with house.database.reading() as session:
        row = session.get(Handover, handover_id)
    if row is None or row.back or not row.reference:
        raise Closed
    return signed_in_for(row, visitor, f"/inbox/{row.id}")


def inbox_place_visitor(request: Request, house: HouseDep, visitor: StaffVisitor, question_id: UUID) -> PartnerVisitor:
    """The same for a question about a place. Raises Closed."""
    with house.database.reading() as session:
        row = session.get(CountryInput, question_id)
    if row is None:
        raise Closed
    return signed_in_for(row, visitor, f"/inbox/places/{row.id}")


def signed_in_for(row: Subject, visitor: StaffVisitor, base: str) -> PartnerVisitor:
    """Whoever works for the partner that was asked. Raises Closed for everybody else."""
    staff = visitor.staff
    if row.partner is None or row.partner != staff.partner or not staff.has(Role.RECEIVING_PARTNER):
        raise Closed
    return PartnerVisitor(
        row.partner, row.id, Speaker(staff.handle, staff.id.hex), visitor.language, visitor.zone, visitor.csrf,
        base, staff.handle, home="/inbox",
    )  # fmt: skip


def posting(request: Request, visitor: PartnerVisitor, form: Posted) -> None:
    """A form of this session, from one of our pages. Raises Problem."""
    from_our_page(request)
    if str(form.get("csrf", "")) != visitor.csrf:
        raise Problem(403, "form_token", "This form is from another session: open the page again and send it there.")


def keep_awake(house: House, visitor: PartnerVisitor, now: datetime) -> None:
    """Note that a link's session is in use. Reading alone notes nothing: GET changes nothing."""
    if visitor.session is None:
        return
    with house.database.unit_of_work() as session:
        still_used(session, visitor.session, now)


async def closed(request: Request, error: Exception | None = None) -> HTMLResponse:
    """The one page for everything that is not open; what somebody had written when it closed is given back to them."""
    form = await request.form() if request.method == "POST" and "/word/" in request.url.path else FormData()
    written = str(form.get("text", ""))[:LONGEST]
    return page(request, "partner/closed.html", reader_of(request), 404, tongues=TONGUES, written=written)


def held(request: Request, error: Exception) -> HTMLResponse:
    """Nothing but how it goes on."""
    return page(request, "partner/held.html", reader_of(request, str(error)), 403, tongues=TONGUES)


def reader_of(request: Request, otherwise: str = "en") -> "Reading":
    """Somebody who is nobody yet, in the language they chose, else that of the link, else that of the browser."""
    wanted = request.query_params.get("language", "")
    found = guest(request, LANGUAGES)
    chosen = wanted if wanted in LANGUAGES else otherwise if otherwise != "en" else found.language
    return Reading(chosen, found.zone)


@dataclass(frozen=True)
class Reading:
    """A reader without a session."""

    language: str
    zone: str
    csrf: str = ""


LinkVisitor = Annotated[PartnerVisitor, Depends(link_visitor)]
InboxVisitor = Annotated[PartnerVisitor, Depends(inbox_visitor)]
