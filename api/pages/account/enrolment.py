"""Enrolling: a link that is good once leads to setting a password and a second factor."""

from datetime import timedelta
from typing import Any

import pyotp
import segno
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.account.password import reason
from api.pages.cookies import ENROL, give, shown, take
from api.pages.engine import page
from api.pages.limits import limited_here, network_mark
from api.pages.places import N_
from api.pages.visitor import Guest, Posted, from_our_page, guest
from models import signed_in
from models.enrolment import enrolment_of
from models.house_seal import opened
from models.password import LONGEST, hashed
from workflows.account import code_step, complete
from workflows.house import House

router = APIRouter(include_in_schema=False)
ISSUER = "Sıla"
MOST, PER = 30, timedelta(minutes=5)
NOT_GOOD = N_("This link is not good any more: it was used, or its two days are over. Ask your administrator for "
              "a new one.")  # fmt: skip
WRONG_CODE = N_("This code is not right: wait until the app shows the next one, and type that.")
COOKIE_SECONDS = 3600


@router.get("/enrol/{token}")
def arrive(request: Request, token: str) -> Response:
    """The link: the browser keeps its token, and the address is clean from then on. Nothing changes by that."""
    limited_here(request, "enrolment", MOST, PER)
    response = RedirectResponse("/enrol", 303)
    give(request, response, token[:100], ENROL, COOKIE_SECONDS)
    return response


@router.get("/enrol")
def ask(request: Request, house: HouseDep) -> Response:
    """The page: the secret for the app as a picture and as letters, and a new password."""
    return form_page(request, house, "", "")


@router.post("/enrol")
def enrol(request: Request, house: HouseDep, form: Posted) -> Response:
    """A password and a first code of the app: the account is made, the recovery codes are shown, and they are in."""
    from_our_page(request)
    limited_here(request, "enrolment", MOST, PER)
    token, now = shown(request, ENROL), request.app.state.wall()
    handle, _ = found(request, house)
    new, again = (str(form.get(name, ""))[: LONGEST + 1] for name in ("new", "again"))
    with house.database.reading() as session:
        step = code_step(session, token, str(form.get("code", ""))[:40], now)
    error = reason(new, again, handle)
    if error or step is None:
        return form_page(request, house, error or WRONG_CODE, "new" if error else "code", 422)
    return enrolled(request, house, hashed(new), step)


def enrolled(request: Request, house: House, password_hash: str, step: int) -> Response:
    """Keep it all, unless the link was used meanwhile."""
    now, who = request.app.state.wall(), guest(request)
    with house.database.unit_of_work() as session:
        row = enrolment_of(session, shown(request, ENROL), now)
        if row is None:
            raise Problem(404, "not_good", NOT_GOOD)
        codes = complete(session, row, password_hash, step, who.language, network_mark(request), now)
        value = signed_in.begin(session, row.staff_handle, now, who.language)
    response = page(request, "account/codes.html", who, codes=codes)
    give(request, response, value)
    take(request, response, ENROL)
    return response


def found(request: Request, house: House) -> tuple[str, str]:
    """Whose link the browser carries, and the secret for the app. Raises Problem."""
    with house.database.reading() as session:
        row = enrolment_of(session, shown(request, ENROL), request.app.state.wall())
        if row is None:
            raise Problem(404, "not_good", NOT_GOOD)
        return row.staff_handle, opened(session, row, "totp")


def form_page(request: Request, house: House, error: str, field: str, status: int = 200) -> Response:
    """The page, perhaps with what is the matter."""
    who: Guest = guest(request)
    handle, secret = found(request, house)
    uri = pyotp.TOTP(secret).provisioning_uri(name=handle, issuer_name=ISSUER)
    picture = segno.make(uri, error="m").png_data_uri(scale=5)
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    values: dict[str, Any] = {"handle": handle, "picture": picture, "secret": spaced, "error": error, "field": field}
    return page(request, "account/enrol.html", who, status, **values)
