"""Signing in through the organisation: to its provider, and back."""

import secrets
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.account.sign_in import safe, welcome
from api.pages.cookies import give, shown, take
from api.pages.limits import limited_here, network_mark
from api.pages.places import N_
from integrations.errors import PartnerError
from integrations.identity import IdentityProvider, NotProven
from integrations.identity.contract import Round
from models.house_seal import opened_text, sealed_text
from models.vault import Unreadable
from workflows.provider_sign_in import let_in

router = APIRouter(include_in_schema=False)
TRIP, PURPOSE = "-trip", "trip to the provider"
TRIP_SECONDS, MOST, PER = 600, 30, timedelta(minutes=5)
NOT_IN = N_("Your organisation did not let you in here: try again, or ask your administrator.")
SILENT = N_("The sign-in of your organisation does not answer: use your name and password, or try again later.")


def provider_of(request: Request) -> IdentityProvider:
    """The provider. Raises Problem where none is set."""
    provider: IdentityProvider | None = request.app.state.provider
    if provider is None:
        raise Problem(404, "unknown_page", "There is no page here.")
    return provider


@router.get("/sign-in/provider")
def leave(request: Request, house: HouseDep, next: str = "/", again: bool = False) -> Response:
    """To the provider; a sealed cookie ties the one who comes back to the one who left."""
    provider, trip = provider_of(request), Round(*(secrets.token_urlsafe(48) for _ in range(3)))
    limited_here(request, "provider", MOST, PER)
    try:
        address = provider.address(trip, back_address(request), again=again)
    except PartnerError:
        raise Problem(503, "provider_silent", SILENT) from None
    response = RedirectResponse(address, 303)
    said = [trip.state, trip.nonce, trip.verifier, safe(next), request.app.state.wall().isoformat()]
    give(request, response, sealed_text(house.database.keyring, PURPOSE, said), TRIP, TRIP_SECONDS)
    return response


@router.get("/sign-in/provider/back")
def come_back(request: Request, house: HouseDep, state: str = "", code: str = "") -> Response:
    """Back with a code: whoever the provider names is in, in a new session, if their groups give them a role."""
    provider, now = provider_of(request), request.app.state.wall()
    limited_here(request, "provider", MOST, PER)
    try:
        sent, nonce, verifier, to, _ = opened_text(house.database.keyring, PURPOSE, shown(request, TRIP))
    except Unreadable:
        raise Problem(403, "no_trip", NOT_IN) from None
    if not secrets.compare_digest(sent, state):
        raise Problem(403, "state", NOT_IN)
    try:
        identity = provider.identity(Round(sent, nonce, verifier), back_address(request), code, now)
    except NotProven:
        raise Problem(403, "not_proven", NOT_IN) from None
    except PartnerError:
        raise Problem(503, "provider_silent", SILENT) from None
    settings = request.app.state.settings
    found = let_in(house.database, settings.oidc_issuer, identity, settings.oidc_groups, network_mark(request), now)
    if found is None:
        raise Problem(403, "not_in", NOT_IN)
    response = welcome(request, house, *found, to)
    take(request, response, TRIP)
    return response


def back_address(request: Request) -> str:
    """Where the provider sends people back to: the same in both steps, and known to the provider."""
    return f"{request.app.state.settings.public_url.rstrip('/')}/sign-in/provider/back"
