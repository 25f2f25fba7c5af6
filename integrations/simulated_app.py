"""The web side every simulator shares: sign-in, refusals, a cut line, and the control doors."""

import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel
from starlette.types import Receive, Scope, Send

from integrations.simulation import Errands


class Refusal(Exception):
    """The simulated partner says no, with an HTTP status and a machine word."""

    def __init__(self, status: int, code: str | int) -> None:
        super().__init__(str(code))
        self.status, self.code = status, code


class CutLine(Response):
    """An answer that breaks off: the caller cannot know whether its request had an effect."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise a body and hang up; the server then closes the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


class World(Protocol):
    """What the control doors need of a simulator's ground truth."""

    errands: Errands
    webhook_url: str | None

    def truth(self) -> dict[str, Any]:
        """Tell everything that happened."""
        ...

    def reset(self) -> None:
        """Forget everything that happened; the clock and the webhook address stay."""
        ...


class NewTime(BaseModel):
    """Body of the clock door."""

    now: AwareDatetime


class NewWebhook(BaseModel):
    """Body of the webhook door."""

    url: str | None


def create_app(world: World, title: str) -> FastAPI:
    """Make an app with the control doors, neutral errors, and errands that end with it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        world.errands.close()

    app = FastAPI(title=title, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(control_doors(world))
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    return app


def control_doors(world: World) -> APIRouter:
    """Make the doors a test uses to look behind the scenes; a real partner has none of them."""
    doors = APIRouter(prefix="/_sim")

    @doors.get("/truth")
    def truth() -> dict[str, Any]:
        return world.truth() | {"given_up": list(world.errands.given_up)}

    @doors.put("/clock")
    def clock(new: NewTime) -> dict[str, str]:
        world.errands.clock.move_to(new.now)
        return {"now": world.errands.clock.now().isoformat()}

    @doors.get("/pending")
    def pending() -> dict[str, int]:
        return {"pending": world.errands.pending()}

    @doors.put("/webhook")
    def webhook(new: NewWebhook) -> dict[str, str | None]:
        world.webhook_url = new.url
        return {"url": new.url}

    @doors.post("/reset")
    def reset() -> dict[str, str]:
        world.errands.forget()
        world.reset()
        return {"status": "empty"}

    return doors


def bearer(token: str) -> Callable[[Request], None]:
    """Make the check that a request carries ``Authorization: Bearer <token>``."""

    def check(request: Request) -> None:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise Refusal(401, "not_authorised")

    return check


async def refused(request: Request, error: Exception) -> JSONResponse:
    """Answer a refusal with its machine word."""
    assert isinstance(error, Refusal)
    return JSONResponse({"code": error.code}, error.status)


async def invalid(request: Request, error: Exception) -> JSONResponse:
    """Answer a malformed request without repeating what was sent."""
    return JSONResponse({"code": "invalid_request"}, 422)
