"""Signing in and out: a name and a password, then a code. What is refused is refused in one sentence."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.cookies import HALF, give, shown, take
from api.pages.engine import page
from api.pages.limits import limited, limited_here, network_mark
from api.pages.places import N_
from api.pages.visitor import Posted, PostingStaff, from_our_page, guest, is_local
from models.kept_form import newest
from models.queries.glass import is_locked
from models.sign_in import Outcome, note
from models.signed_in import SignedIn, session_of, whose
from models.vault import Keyring
from workflows.commands import Wrong
from workflows.demo_account import current_code
from workflows.glass import UNREVIEWED
from workflows.house import House
from workflows.sign_in import HALF_GOOD_FOR, Half, half_of, show_code, show_password

router = APIRouter(include_in_schema=False)
REFUSED = N_("That did not work. Check the name and the password. After several tries that fail, "
             "an account is locked for some minutes.")  # fmt: skip
REFUSED_CODE = N_("That did not work. A code is good once and for half a minute: wait for the next one. "
                  "After several tries that fail, an account is locked for some minutes.")  # fmt: skip
LONGEST_HANDLE = 60
PER = timedelta(minutes=5)
FROM_ONE_NETWORK, AS_ONE_NAME = 120, 12
FORGET = {"Clear-Site-Data": '"cache", "cookies", "storage"'}


@router.get("/sign-in")
def ask_password(request: Request, house: HouseDep, next: str = "/") -> Response:
    """The first page; whoever is signed in already goes on."""
    with house.database.reading() as session:
        known = whose(session, shown(request), request.app.state.wall())
    if known:
        return RedirectResponse(safe(next), 303)
    return form_page(request, safe(next))


def form_page(request: Request, back: str, handle: str = "", error: str = "", status: int = 200) -> Response:
    """The page, perhaps with what is the matter."""
    provider = request.app.state.provider is not None
    values: dict[str, Any] = {"next": back, "handle": handle, "error": error, "provider": provider}
    return page(request, "account/sign_in.html", guest(request), status, **values)


@router.post("/sign-in")
def take_password(request: Request, house: HouseDep, form: Posted) -> Response:
    """The first factor."""
    from_our_page(request)
    handle, back = str(form.get("handle", "")).strip()[:LONGEST_HANDLE], safe(str(form.get("next", "/")))
    limited_here(request, "sign-in", FROM_ONE_NETWORK, PER)
    limited(request, f"sign-in as {handle}", AS_ONE_NAME, PER)
    now = request.app.state.wall()
    half = show_password(house.database, handle, str(form.get("password", "")), network_mark(request), now)
    if half is None:
        return form_page(request, back, handle, REFUSED, 401)
    response = RedirectResponse(address("/sign-in/code", back), 303)
    give(request, response, half.sealed(house.database.keyring), HALF, int(HALF_GOOD_FOR.total_seconds()))
    return response


@router.get("/sign-in/code")
def ask_code(request: Request, house: HouseDep, next: str = "/") -> Response:
    """The second page, for whoever has passed the first."""
    half = half_from(request, house.database.keyring)
    if half is None:
        return RedirectResponse(address("/sign-in", safe(next)), 303)
    return code_page(request, half.handle, safe(next))


def code_page(request: Request, handle: str, back: str, error: str = "", status: int = 200) -> Response:
    """The second page, perhaps with what is the matter."""
    values: dict[str, Any] = {"next": back, "error": error, "demo_code": demo_code(request, handle)}
    return page(request, "account/code.html", guest(request), status, **values)


def demo_code(request: Request, handle: str) -> str:
    """In a house of invented people the page itself shows the code, so that nobody needs an app to look around."""
    if not request.app.state.settings.demo:
        return ""
    with suppress(Wrong), request.app.state.house.database.reading() as session:
        return current_code(session, handle, request.app.state.wall())
    return ""


@router.post("/sign-in/code")
def take_code(request: Request, house: HouseDep, form: Posted) -> Response:
    """The second factor. The session is a new one, whatever cookie the browser had (session fixation)."""
    from_our_page(request)
    back, now = safe(str(form.get("next", "/"))), request.app.state.wall()
    half = half_from(request, house.database.keyring)
    limited_here(request, "sign-in code", FROM_ONE_NETWORK, PER)
    if half is None:
        return RedirectResponse(address("/sign-in", back), 303)
    value = show_code(house.database, half, str(form.get("code", ""))[:40], network_mark(request), now)
    if value is None:
        return code_page(request, half.handle, back, REFUSED_CODE, 401)
    return welcome(request, house, half.handle, value, back)


def welcome(request: Request, house: HouseDep, handle: str, value: str, back: str) -> Response:
    """In, to a form that was kept or to where they wanted; a session that the browser had before is over.

    Raises Problem while an emergency access of theirs waits for its review: only who has shown both factors is told.
    """
    now = request.app.state.wall()
    if unreviewed(house, handle, value, network_mark(request), now):
        raise Problem(403, "locked", UNREVIEWED)
    with house.database.unit_of_work() as session:
        end(session_of(session, shown(request)), now)
        kept = newest(session, handle, now)
    response = RedirectResponse(f"/kept/{kept}" if kept else back, 303)
    give(request, response, value)
    take(request, response, HALF)
    return response


def unreviewed(house: House, handle: str, value: str, network: str, now: datetime) -> bool:
    """Whether somebody is locked for an emergency access (C4); then their new session is over before it is used."""
    with house.database.unit_of_work() as session:
        locked = is_locked(session, handle, house.clock.now())
        if locked:
            end(session_of(session, value), now)
            note(session, handle, Outcome.UNREVIEWED, network, now)
        return locked


def end(row: SignedIn | None, now: datetime) -> None:
    """A session is over."""
    if row:
        row.ended_at = row.ended_at or now


@router.post("/sign-out")
def sign_out(request: Request, house: HouseDep, visitor: PostingStaff) -> Response:
    """Out: the session is over, and the browser is asked to keep nothing of ours (ASVS 14.3.1)."""
    now = request.app.state.wall()
    with house.database.unit_of_work() as session:
        signed_out(session, visitor.signed, network_mark(request), now)
    response = RedirectResponse("/sign-in", 303, headers=FORGET)
    take(request, response)
    return response


def signed_out(session: Session, signed: SignedIn, network: str, now: datetime) -> None:
    """End it and write that down."""
    end(session.get(SignedIn, signed.id), now)
    note(session, signed.staff_handle, Outcome.SIGNED_OUT, network, now)


def half_from(request: Request, keyring: Keyring) -> Half | None:
    """Who has passed the first factor in this browser."""
    return half_of(keyring, shown(request, HALF), request.app.state.wall())


def safe(back: str) -> str:
    """An address of this house; anything else leads to the start page."""
    return back if is_local(back) else "/"


def address(path: str, back: str) -> str:
    """A page of signing in that leads on to another."""
    return path if back == "/" else f"{path}?next={quote(back, safe='')}"
