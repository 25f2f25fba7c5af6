"""Refusals as problem details (RFC 9457): which field, and what to do. They never repeat what was sent."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from workflows.commands import Refused
from workflows.lease import UnknownCase

TITLES = {
    400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 409: "Not now",
    413: "Too large", 422: "Cannot be right", 503: "Not available",
}  # fmt: skip


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


def install(app: FastAPI) -> None:
    """Answer every refusal in the same form."""
    app.add_exception_handler(Problem, on_problem)  # type: ignore[arg-type]
    app.add_exception_handler(Refused, on_refused)  # type: ignore[arg-type]
    app.add_exception_handler(UnknownCase, on_unknown)
    app.add_exception_handler(RequestValidationError, on_invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, on_http)  # type: ignore[arg-type]


def on_problem(_: Request, error: Problem) -> JSONResponse:
    """What a door refuses."""
    return answer(error.status, error.code, error.detail, **error.more)


def on_refused(_: Request, error: Refused) -> JSONResponse:
    """What a command refuses."""
    fields = [{"field": error.field, "remedy": error.remedy}] if error.field else []
    return answer(error.status, error.code, error.remedy, errors=fields)


def on_unknown(_: Request, error: Exception) -> JSONResponse:
    """No such case, or none that you may see: the same answer."""
    return answer(404, "unknown_case", "No case of this reference: check it, it is written C- and ten characters.")


def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    """Malformed input: each field with what is the matter, never with what was sent."""
    errors = [
        {"field": ".".join(str(part) for part in one["loc"] if part != "body"), "remedy": remedy_of(one)}
        for one in error.errors()[:50]
    ]
    named = ", ".join(one["field"] or "body" for one in errors[:5])
    return answer(422, "invalid", f"Correct these fields and send it again: {named}.", errors=errors)


def remedy_of(error: dict[str, Any]) -> str:
    """What to do about one field."""
    if error["type"] == "extra_forbidden":
        return "unknown field: leave it out"
    return str(error["msg"]).removeprefix("Value error, ")


def on_http(_: Request, error: HTTPException) -> JSONResponse:
    """Everything the framework refuses."""
    return answer(error.status_code, f"http_{error.status_code}", str(error.detail))
