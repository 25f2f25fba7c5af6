"""Refusals as problem details (RFC 9457): which field, and what to do. They never repeat what was sent."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from models.queries.access import Denied
from workflows.class_three import NotWritten
from workflows.commands import Refused
from workflows.lease import UnknownCase

TITLES = {
    400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 409: "Not now",
    413: "Too large", 422: "Cannot be right", 429: "Too often", 503: "Not available",
}  # fmt: skip


PageOf = Callable[[Request, int, str, str], Response | None]


class Problem(Exception):
    """An answer that says no."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.more = status, code, detail, more


def answer(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """One problem document."""
    body = {
        "type": f"urn:sila:problem:{code}",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
    }
    return JSONResponse({**body, "code": code, **more}, status, media_type="application/problem+json")


def said(request: Request, status: int, code: str, detail: str, **more: Any) -> Response:
    """A page for a person, a problem document for a program."""
    return request.app.state.page_of(request, status, code, detail) or answer(status, code, detail, **more)


def install(app: FastAPI, page_of: PageOf) -> None:
    """Answer every refusal in the same form: as a page where ``page_of`` makes one, else as a problem document."""
    app.state.page_of = page_of
    app.add_exception_handler(Problem, on_problem)  # type: ignore[arg-type]
    app.add_exception_handler(Refused, on_refused)  # type: ignore[arg-type]
    app.add_exception_handler(UnknownCase, on_unknown)
    app.add_exception_handler(Denied, on_denied)
    app.add_exception_handler(NotWritten, on_not_written)
    app.add_exception_handler(RequestValidationError, on_invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, on_http)  # type: ignore[arg-type]


def on_problem(request: Request, error: Problem) -> Response:
    """What a door refuses."""
    return said(request, error.status, error.code, error.detail, **error.more)


def on_refused(request: Request, error: Refused) -> Response:
    """What a command refuses."""
    fields = [{"field": error.field, "remedy": error.remedy}] if error.field else []
    return said(request, error.status, error.code, error.remedy, errors=fields)


def on_unknown(request: Request, error: Exception) -> Response:
    """No such case, or none that you may see: the same answer."""
    return said(
        request, 404, "unknown_case", "No case of this reference: check it, it is written C- and ten characters."
    )


def on_denied(request: Request, error: Exception) -> Response:
    """A case that you may know of, and something that you may not do with it."""
    return said(request, 403, "role", "Neither your role nor your part in this case lets you do this.")


def on_not_written(request: Request, error: Exception) -> Response:
    """C5: what cannot be written down is not shown."""
    detail = "Who reads this cannot be written down at the moment, so it is not shown: try again, then tell operations."
    return said(request, 503, "not_written", detail)


def on_invalid(request: Request, error: RequestValidationError) -> Response:
    """Malformed input: each field with what is the matter, never with what was sent."""
    errors = [
        {"field": ".".join(str(part) for part in one["loc"] if part != "body"), "remedy": remedy_of(one)}
        for one in error.errors()[:50]
    ]
    named = ", ".join(one["field"] or "body" for one in errors[:5])
    return said(request, 422, "invalid", f"Correct these fields and send it again: {named}.", errors=errors)


def remedy_of(error: dict[str, Any]) -> str:
    """What to do about one field."""
    if error["type"] == "extra_forbidden":
        return "unknown field: leave it out"
    return str(error["msg"]).removeprefix("Value error, ")


def on_http(request: Request, error: HTTPException) -> Response:
    """Everything the framework refuses."""
    return said(request, error.status_code, f"http_{error.status_code}", str(error.detail))
