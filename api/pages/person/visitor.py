"""Who is at the window: the session of the cookie, and the check that a form came from it."""

import hmac
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.visitor import Posted, from_our_page
from models.link_session import keep_awake
from models.window import whose_window


class Shut(Exception):
    """No window is open: the number is asked for."""


@dataclass(frozen=True)
class Own:
    """The person at their window. ``empty``: it shows nothing, because somebody may be forcing them."""

    ref: str
    language: str
    zone: str
    csrf: str
    closed: bool
    empty: bool
    session: UUID


def cookie_name(request: Request) -> str:
    """A word that says nothing; with TLS one that no other host can set."""
    return "__Host-w" if request.app.state.settings.is_secure else "w"


def at_window(request: Request, house: HouseDep) -> Own:
    """Raises Shut."""
    with house.database.reading() as session:
        found = whose_window(session, request.cookies.get(cookie_name(request), ""), request.app.state.wall())
    if found is None:
        raise Shut
    visit, _, case, _ = found
    zone = request.app.state.settings.zone
    return Own(case.ref, visit.language, zone, visit.csrf, case.closed_at is not None, visit.empty, visit.id)


def posting(request: Request, house: HouseDep, own: Annotated[Own, Depends(at_window)], form: Posted) -> Own:
    """A form of this window, which then stays open longer. Raises Shut, or Problem; an empty one takes nothing."""
    from_our_page(request)
    if not hmac.compare_digest(str(form.get("csrf", "")).encode(), own.csrf.encode()):
        raise Problem(403, "form_token", "This form is from another session: open the page again and send it there.")
    if own.empty:
        raise Shut
    with house.database.unit_of_work() as session:
        keep_awake(session, own.session, request.app.state.wall())
    return own


async def shut(_request: Request, _error: Exception) -> Response:
    """To the number."""
    return RedirectResponse("/w/in", 303)


AtWindow = Annotated[Own, Depends(at_window)]
PostingOwn = Annotated[Own, Depends(posting)]
