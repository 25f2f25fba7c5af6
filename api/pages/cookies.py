"""Our cookies: for this browser window and this host alone, out of the reach of scripts."""

from fastapi import Request
from starlette.responses import Response

from api.pages.visitor import cookie_name

HALF, ENROL = "-half", "-enrol"


def give(request: Request, response: Response, value: str, suffix: str = "", seconds: int | None = None) -> None:
    """Hand a cookie to the browser; without ``seconds`` it goes when the browser closes."""
    secure = request.app.state.settings.is_secure
    response.set_cookie(
        cookie_name(request) + suffix, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )


def shown(request: Request, suffix: str = "") -> str:
    """What the browser shows; empty for nothing."""
    return request.cookies.get(cookie_name(request) + suffix, "")


def take(request: Request, response: Response, suffix: str = "") -> None:
    """Have the browser forget a cookie."""
    secure = request.app.state.settings.is_secure
    response.delete_cookie(cookie_name(request) + suffix, path="/", secure=secure, httponly=True, samesite="lax")
