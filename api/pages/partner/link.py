"""The address of a link: a page that shows nothing, a code by another channel, and then an address without token.

GET changes nothing, and a POST without the code opens nothing: mail scanners do both (F28, S15).
"""

from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.device import device_of, keep_cookie, mark, same_browser
from api.pages.engine import page
from api.pages.guesses import missed
from api.pages.limits import limited, limited_here
from api.pages.partner.codes import TONGUES
from api.pages.partner.visitor import (
    HANDOVER,
    Closed,
    PartnerVisitor,
    Way,
    cookie_name,
    keep_awake,
    link_visitor,
    posting,
    reader_of,
)
from api.pages.places import N_
from api.pages.visitor import Posted
from api.pages.words import LANGUAGES
from models.link import Link
from models.link_session import LinkSession
from workflows.house import House
from workflows.partner_link import found, send_code, take_code

FEW_MINUTES = timedelta(minutes=10)
DEVICE_KEPT = 90 * 24 * 3600
WRONG = N_("This code is not right or too old. Check it, or let us send a new one.")


def entrance(way: Way, whoever: Callable[..., PartnerVisitor]) -> APIRouter:
    """The way in by a link of one kind, and another language for whoever is inside."""
    router = APIRouter(prefix=way.base, include_in_schema=False)
    here = Depends(whoever)

    @router.get("/{token}")
    def first(request: Request, token: str, house: HouseDep) -> HTMLResponse:
        """A neutral page: whoever holds the link alone learns nothing."""
        link = link_of(request, house, way, token)
        return drawn(request, link, device_of(request, device_name(request)))

    @router.post("/{token}/code")
    def code(request: Request, token: str, house: HouseDep, form: Posted) -> Response:
        return sent(request, house, way, token, form)

    @router.post("/{token}/open")
    def enter(request: Request, token: str, house: HouseDep, form: Posted) -> Response:
        return opened(request, house, way, token, form)

    @router.post("/language")
    def language(request: Request, house: HouseDep, form: Posted, visitor: PartnerVisitor = here) -> Response:
        posting(request, visitor, form)
        return spoken_in(request, house, visitor, str(form.get("language", "")))

    return router


router = entrance(HANDOVER, link_visitor)


def device_name(request: Request) -> str:
    """The cookie that tells one browser from another; it says nothing about anybody."""
    return "__Host-sila-device" if request.app.state.settings.is_secure else "sila-device"


def link_of(request: Request, house: House, way: Way, token: str) -> Link:
    """The link, while it opens. Raises Closed, or Problem for a place that tries too often."""
    limited_here(request, "link", 100, FEW_MINUTES)
    link = found(house, way.purpose, token, request.app.state.wall())
    if link is None:
        missed(request)
        raise Closed
    return link


def drawn(request: Request, link: Link, device: str, wrong: str = "") -> HTMLResponse:
    """The page, and the cookie of the browser."""
    path = request.url.path.removesuffix("/open")
    is_sent = bool(wrong) or request.query_params.get("sent") == "1"
    answer = page(
        request, "partner/entrance.html", reader_of(request, link.language), 422 if wrong else 200, tongues=TONGUES,
        mark_of_device=mark(device), is_sent=is_sent, wrong=wrong, address=path,
    )  # fmt: skip
    keep_cookie(request, answer, device_name(request), device, DEVICE_KEPT)
    return answer


def chosen(form: Posted, link: Link) -> str:
    """The language that the form was read in."""
    said = str(form.get("language", ""))
    return said if said in LANGUAGES else link.language


def sent(request: Request, house: House, way: Way, token: str, form: Posted) -> Response:
    """Send a code to the other channel; the answer is the same whether it could be sent or not (C12)."""
    link, device = link_of(request, house, way, token), same_browser(request, form, device_name(request))
    if device is not None:
        limited(request, f"code of {link.id}", 5, FEW_MINUTES)
        send_code(house, way.purpose, token, device, request.app.state.wall())
    return RedirectResponse(f"{way.base}/{token}?sent=1&language={chosen(form, link)}", 303)


def opened(request: Request, house: House, way: Way, token: str, form: Posted) -> Response:
    """With the right code a session begins, at an address without the token."""
    link, device = link_of(request, house, way, token), same_browser(request, form, device_name(request))
    limited(request, f"try at {link.id}", 20, FEW_MINUTES)
    now, tongue, typed = request.app.state.wall(), chosen(form, link), str(form.get("code", ""))[:12]
    entered = take_code(house, way.purpose, token, device, typed, tongue, now) if device else None
    if entered is None:
        return drawn(request, link, device or device_of(request, ""), WRONG)
    answer = RedirectResponse(way.base, 303)
    keep_cookie(request, answer, cookie_name(request, way), entered.cookie)
    return answer


def spoken_in(request: Request, house: House, visitor: PartnerVisitor, wanted: str) -> Response:
    """Another language for the rest of the session."""
    with house.database.unit_of_work() as session:
        row = session.get(LinkSession, visitor.session)
        if row is not None and wanted in LANGUAGES:
            row.language = wanted
    keep_awake(house, visitor, request.app.state.wall())
    return RedirectResponse(visitor.base, 303)
