"""Which browser a page was opened in: a cookie that says nothing about anybody, and a mark of it in each form."""

import hmac
import secrets

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.pages.visitor import from_our_page
from models.link import hashed


def device_of(request: Request, name: str) -> str:
    """The value of a browser that was here before, else a new one."""
    return request.cookies.get(name) or secrets.token_urlsafe(32)


def keep_cookie(request: Request, answer: Response, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie that no script reads; for this visit of the browser where no time is given."""
    secure = request.app.state.settings.is_secure
    answer.set_cookie(name, value, seconds, path="/", secure=secure, httponly=True, samesite="lax")


def mark(device: str) -> str:
    """What a form carries to show that its page was opened in this browser."""
    return hashed(f"page {device}")[:32]


def same_browser(request: Request, form: FormData, name: str) -> str | None:
    """The browser's own value, where the form comes from a page that was opened in it. Raises Problem."""
    from_our_page(request)
    device = request.cookies.get(name, "")
    is_ours = hmac.compare_digest(str(form.get("mark", "")).encode(), mark(device).encode())
    return device if device and is_ours else None
