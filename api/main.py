"""The application: routers, refusals, limits."""

import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache, partial

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import BaseRoute

from api import errors, pages
from api.pages import refusals
from api.pages.headers import Headers
from api.routes import (
    audit,
    cases,
    deadlines,
    enquiries,
    facts,
    families,
    health,
    heard,
    messages,
    partners,
    places,
    proof,
    reading,
    risk,
    status,
    team,
    webhooks,
)
from api.settings import DoorSettings
from integrations.identity import IdentityProvider, open_identity
from models.clock import wall
from models.hint import ring
from workflows.house import House, open_house
from workflows.nudge import Nudger

NO_ICON = "data:,"


def provider_of(settings: DoorSettings) -> IdentityProvider | None:
    """The organisation's own sign-in, where one is set. Raises NotInstalled."""
    if not settings.oidc_issuer:
        return None
    return open_identity(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_secret.get_secret_value())


@cache
def routes() -> tuple[BaseRoute, ...]:
    """Every door, built once a process: FastAPI keeps for good what it works out for each inclusion."""
    doors = FastAPI(openapi_url=None)
    for router in (
        status.router,
        reading.router,
        cases.router,
        team.router,
        audit.router,
        enquiries.router,
        deadlines.router,
        heard.router,
        messages.router,
        messages.watch,
        messages.letters,
        facts.router,
        families.router,
        partners.router,
        places.router,
        proof.router,
        risk.router,
        webhooks.router,
        webhooks.inbox,
        health.router,
        *pages.routers(),
    ):
        doors.include_router(router)
    return tuple(doors.router.routes)


def create_app(
    house: House | None = None, settings: DoorSettings | None = None, wall: Callable[[], datetime] = wall
) -> FastAPI:
    """The doors of one process. Sessions and links live by ``wall``: no demo's clock that jumps ends them."""
    settings = settings or DoorSettings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.house = house or open_house()
        hint = partial(ring, app.state.house.database)
        app.state.nudger = Nudger(settings.prefect_url, settings.prefect_auth, hint)
        if house is None:
            gc.freeze()  # what a process knows when it starts it keeps: no collection walks through it again
        yield
        app.state.nudger.close()
        if app.state.provider:
            app.state.provider.close()

    app = FastAPIOffline(
        title="Sıla", version="0.1.0", lifespan=lifespan, redoc_url=None, favicon_url=NO_ICON, routes=list(routes())
    )
    app.state.settings, app.state.wall, app.state.provider = settings, wall, provider_of(settings)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.largest_body)
    app.add_middleware(Headers, secure=settings.is_secure)
    errors.install(app, refusals.page_of)
    refusals.install(app)
    return app
