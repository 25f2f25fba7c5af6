"""Refusals as pages: what is the matter and what to do, in the reader's language, never what was sent."""

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.forms.said import translated
from api.pages.engine import page
from api.pages.kept import keep_typed
from api.pages.partner.codes import TONGUES
from api.pages.partner.visitor import Closed, Held, closed, held, reader_of
from api.pages.person.entrance import asked
from api.pages.person.visitor import Shut, shut
from api.pages.visitor import NewPasswordNeeded, NotSignedIn, ProofNeeded, Stopped, cookie_name, guest, sign_in_address
from models.access import Act, may
from models.signed_in import whose

PROGRAMS = ("/api", "/webhooks", "/health", "/openapi.json", "/docs", "/static-offline-docs")
PARTNER = ("/h/", "/p/", "/inbox/")


def page_of(request: Request, status: int, code: str, detail: str) -> HTMLResponse | None:
    """The page of a refusal; None where a program asks."""
    if request.url.path.startswith(PROGRAMS):
        return None
    if request.url.path.startswith(PARTNER):
        return page(request, "partner/refusal.html", reader_of(request), status, detail=detail, tongues=TONGUES)
    if request.url.path == "/w" or request.url.path.startswith("/w/"):
        return asked(request, status)
    reader, glass = guest(request), glass_of(request) if code == "unknown_case" else ""
    detail = translated(detail, reader.language)
    return page(request, "refusal.html", reader, status, code=code, detail=detail, glass=glass, leave=False)


def glass_of(request: Request) -> str:
    """Where staff who may read in an emergency ask for it; the same whether there is such a case or not (T14)."""
    ref = str(request.path_params.get("ref", ""))
    with request.app.state.house.database.reading() as session:
        found = whose(session, request.cookies.get(cookie_name(request), ""), request.app.state.wall())
    may_ask = found is not None and may(found[1], Act.BREAK_GLASS)
    return f"/cases/{quote(ref, safe='')}/break-glass" if ref and may_ask else ""


def install(app: FastAPI) -> None:
    """Who is not signed in is asked to, and so is who must show more; what is not open for a partner has one page."""
    app.add_exception_handler(NotSignedIn, on_not_signed_in)
    app.add_exception_handler(ProofNeeded, on_proof_needed)
    app.add_exception_handler(NewPasswordNeeded, on_new_password_needed)
    app.add_exception_handler(Stopped, on_stopped)
    app.add_exception_handler(Closed, closed)
    app.add_exception_handler(Held, held)
    app.add_exception_handler(Shut, shut)


async def on_not_signed_in(request: Request, error: Exception) -> Response:
    """To the sign-in page, and back afterwards; what was typed into a form is kept."""
    await keep_typed(request)
    return RedirectResponse(sign_in_address(error.back if isinstance(error, NotSignedIn) else "/"), 303)


async def on_proof_needed(request: Request, error: Exception) -> Response:
    """To the page that asks for a code, and back afterwards; what was typed into a form is kept."""
    kept, back = await keep_typed(request), error.back if isinstance(error, ProofNeeded) else "/"
    return RedirectResponse(f"/prove?next={quote(f'/kept/{kept}' if kept else back, safe='')}", 303)


def on_new_password_needed(_: Request, error: Exception) -> Response:
    """To the page where a new password is chosen."""
    return RedirectResponse("/account/password", 303)


def on_stopped(request: Request, error: Exception) -> Response:
    """Why nothing goes on, and the way out."""
    assert isinstance(error, Stopped)
    detail = translated(error.detail, error.visitor.language)
    values: dict[str, Any] = {"code": error.code, "detail": detail, "glass": "", "leave": True}
    return page(request, "refusal.html", error.visitor, 403, **values)
