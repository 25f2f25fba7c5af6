"""The way in, by a link and a number of six digits, and the way out: to a page that tells nothing."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.pages.engine import page
from api.pages.guesses import missed
from api.pages.limits import limited_here
from api.pages.person.visitor import cookie_name
from api.pages.visitor import Guest, Posted, from_our_page, guest
from api.pages.words import LANGUAGES
from workflows.window import enter, leave

router = APIRouter(include_in_schema=False)
GOES_FIRST = True
TONGUES = {"tr": "Türkçe", "en": "English", "ar": "العربية", "fa": "فارسی", "ru": "Русский", "fr": "Français",
           "uz": "O‘zbekcha", "ur": "اردو"}  # fmt: skip
FORGET = {"Clear-Site-Data": '"cache", "cookies", "storage"'}


def reader(request: Request) -> Guest:
    """In the language that they chose, else that of their browser."""
    found, chosen = guest(request, LANGUAGES), request.query_params.get("l", "")
    return Guest(chosen if chosen in LANGUAGES else found.language, found.zone)


@router.get("/w/in")
@router.get("/w/in/{token}")
def ask(request: Request, token: str = "") -> Response:
    """Ask for the number: the same page for every link, so that a guess tells nothing (T14)."""
    return page(request, "person/in.html", reader(request), tongues=TONGUES, wrong=False)


@router.post("/w/in")
@router.post("/w/in/{token}")
def come_in(request: Request, house: HouseDep, form: Posted, token: str = "") -> Response:
    """Take the number."""
    from_our_page(request)
    limited_here(request, "window", 30, timedelta(minutes=10))
    who, shown = reader(request), request.cookies.get(cookie_name(request), "")
    value = enter(house, token, shown, str(form.get("pin", "")), who.language, request.app.state.wall())
    if value is None:
        missed(request)
        return page(request, "person/in.html", who, 422, tongues=TONGUES, wrong=True)
    answer = RedirectResponse("/w", 303)
    secure = request.app.state.settings.is_secure
    answer.set_cookie(cookie_name(request), value, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


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
