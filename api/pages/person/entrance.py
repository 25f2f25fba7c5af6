"""The way in, by a link and six digits: their own number, or a code; and the way out, to a page that tells nothing."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep
from api.pages.device import device_of, keep_cookie, mark, same_browser
from api.pages.engine import page
from api.pages.guesses import missed
from api.pages.limits import limited_here
from api.pages.person.visitor import cookie_name
from api.pages.visitor import Guest, Posted, guest
from api.pages.words import LANGUAGES
from workflows.house import House
from workflows.window import enter, leave
from workflows.window_code import send_code

router = APIRouter(include_in_schema=False)
GOES_FIRST = True
TONGUES = {"tr": "Türkçe", "en": "English", "ar": "العربية", "fa": "فارسی", "ru": "Русский", "fr": "Français",
           "uz": "O‘zbekcha", "ur": "اردو"}  # fmt: skip
FORGET = {"Clear-Site-Data": '"cache", "cookies", "storage"'}


def reader(request: Request) -> Guest:
    """In the language that they chose, else that of their browser."""
    found, chosen = guest(request, LANGUAGES), request.query_params.get("l", "")
    return Guest(chosen if chosen in LANGUAGES else found.language, found.zone)


def device_name(request: Request) -> str:
    """Of a browser that asks for a code; forgotten when it is closed, so that nothing tells who was here."""
    return f"{cookie_name(request)}-d"


@router.get("/w/in")
@router.get("/w/in/{token}")
def ask(request: Request, token: str = "") -> Response:
    """Ask for the number or the code: the same page for every link, so that a guess tells nothing (T14)."""
    return asked(request)


def asked(request: Request, status: int = 200) -> HTMLResponse:
    """The page; ``sent``: a code was asked for, whether one went out or not."""
    device, is_sent = device_of(request, device_name(request)), request.query_params.get("sent") == "1"
    here, who = request.url.path, reader(request)
    answer = page(
        request, "person/in.html", who, status, tongues=TONGUES, wrong=status != 200, is_sent=is_sent,
        mark_of_device=mark(device), elsewhere="" if here.startswith("/w/in") else "/w/in",
    )  # fmt: skip
    keep_cookie(request, answer, device_name(request), device)
    return answer


@router.post("/w/in")
@router.post("/w/in/{token}")
def come_in(request: Request, house: HouseDep, form: Posted, token: str = "") -> Response:
    """Take the number or the code, or send a code."""
    device = same_browser(request, form, device_name(request))
    limited_here(request, "window", 30, timedelta(minutes=10))
    who, shown = reader(request), request.cookies.get(cookie_name(request), "")
    now = request.app.state.wall()
    if form.get("send") == "code":
        return coded(request, house, token, shown, device)
    value = enter(house, token, shown, str(form.get("pin", "")), who.language, now, device)
    if value is None:
        missed(request)
        return asked(request, 422)
    answer = RedirectResponse("/w", 303)
    keep_cookie(request, answer, cookie_name(request), value)
    return answer


def coded(request: Request, house: House, token: str, shown: str, device: str | None) -> Response:
    """Send a code, where this window is opened by one; the answer is the same for every link."""
    limited_here(request, "window code", 10, timedelta(minutes=10))
    if device is not None:
        send_code(house, token, shown, device, request.app.state.wall())
    return RedirectResponse(f"{request.url.path}?sent=1&l={reader(request).language}", 303)


@router.post("/w/leave")
def go(request: Request, house: HouseDep) -> Response:
    """Away at once, from any page, with whatever cookie."""
    leave(house.database, request.cookies.get(cookie_name(request), ""), request.app.state.wall())
    answer = RedirectResponse("/w/soup", 303, FORGET)
    answer.delete_cookie(cookie_name(request), path="/")
    return answer


@router.get("/w/soup")
def soup(request: Request) -> Response:
    """Something harmless to be found reading."""
    return page(request, "person/soup.html", reader(request))
