"""The address of a link: a page that shows nothing, a code by another channel, and then an address without token.

GET changes nothing, and a POST without the code opens nothing: mail scanners do both (F28, S15).
"""

import hmac
import secrets
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.guesses import missed
from api.pages.limits import limited, limited_here
from api.pages.partner.codes import TONGUES
from api.pages.partner.visitor import Closed, cookie_name, keep_awake, link_visitor, posting, reader_of
from api.pages.places import N_
from api.pages.visitor import Posted, from_our_page
from api.pages.words import LANGUAGES
from models.link import Link, hashed
from models.link_session import LinkSession
from workflows.house import House
from workflows.partner_link import found, send_code, take_code

router = APIRouter(prefix="/h", include_in_schema=False)
FEW_MINUTES = timedelta(minutes=10)
DEVICE_KEPT = 90 * 24 * 3600
WRONG = N_("This code is not right or too old. Check it, or let us send a new one.")


def device_name(request: Request) -> str:
    """The cookie that tells one browser from another; it says nothing about anybody."""
    return "__Host-sila-device" if request.app.state.settings.is_secure else "sila-device"


def link_of(request: Request, house: House, token: str) -> Link:
    """The link, while it opens. Raises Closed, or Problem for a place that tries too often."""
    limited_here(request, "link", 100, FEW_MINUTES)
    link = found(house, token, request.app.state.wall())
    if link is None:
        missed(request)
        raise Closed
    return link


@router.get("/{token}")
def entrance(request: Request, token: str, house: HouseDep) -> HTMLResponse:
    """A neutral page: whoever holds the link alone learns nothing."""
    link = link_of(request, house, token)
    return drawn(request, link, request.cookies.get(device_name(request)) or secrets.token_urlsafe(32))


def drawn(request: Request, link: Link, device: str, wrong: str = "") -> HTMLResponse:
    """The page, and the cookie of the browser."""
    path = request.url.path.removesuffix("/open")
    is_sent = bool(wrong) or request.query_params.get("sent") == "1"
    answer = page(
        request, "partner/entrance.html", reader_of(request, link.language), 422 if wrong else 200, tongues=TONGUES,
        mark_of_device=mark(device), is_sent=is_sent, wrong=wrong, address=path,
    )  # fmt: skip
    secure = request.app.state.settings.is_secure
    answer.set_cookie(device_name(request), device, DEVICE_KEPT, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


def mark(device: str) -> str:
    """What a form carries to show that its page was opened in this browser."""
    return hashed(f"page {device}")[:32]


def same_browser(request: Request, form: Posted) -> str | None:
    """The browser's own value, where the form comes from a page that was opened in it. Raises Problem."""
    from_our_page(request)
    device = request.cookies.get(device_name(request), "")
    is_ours = hmac.compare_digest(str(form.get("mark", "")).encode(), mark(device).encode())
    return device if device and is_ours else None


def chosen(form: Posted, link: Link) -> str:
    """The language that the form was read in."""
    said = str(form.get("language", ""))
    return said if said in LANGUAGES else link.language


@router.post("/{token}/code")
def code(request: Request, token: str, house: HouseDep, form: Posted) -> Response:
    """Send a code to the other channel; the answer is the same whether it could be sent or not (C12)."""
    link, device = link_of(request, house, token), same_browser(request, form)
    if device is not None:
        limited(request, f"code of {link.id}", 5, FEW_MINUTES)
        send_code(house, token, device, request.app.state.wall())
    return RedirectResponse(f"/h/{token}?sent=1&language={chosen(form, link)}", 303)


@router.post("/{token}/open")
def enter(request: Request, token: str, house: HouseDep, form: Posted) -> Response:
    """With the right code a session begins, at an address without the token."""
    link, device = link_of(request, house, token), same_browser(request, form)
    limited(request, f"try at {link.id}", 20, FEW_MINUTES)
    now, language = request.app.state.wall(), chosen(form, link)
    entered = take_code(house, token, device, str(form.get("code", ""))[:12], language, now) if device else None
    if entered is None:
        return drawn(request, link, device or secrets.token_urlsafe(32), WRONG)
    answer = RedirectResponse("/h", 303)
    secure = request.app.state.settings.is_secure
    answer.set_cookie(cookie_name(request), entered.cookie, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


@router.post("/language")
def language(request: Request, house: HouseDep, form: Posted) -> Response:
    """Another language for the rest of the session."""
    visitor = link_visitor(request, house)
    posting(request, visitor, form)
    wanted = str(form.get("language", ""))
    with house.database.unit_of_work() as session:
        row = session.get(LinkSession, visitor.session)
        if row is not None and wanted in LANGUAGES:
            row.language = wanted
    keep_awake(house, visitor, request.app.state.wall())
    return RedirectResponse("/h", 303)
