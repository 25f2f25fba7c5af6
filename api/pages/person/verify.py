"""Whether a paper is genuine: known, known and replaced by a newer one, or not known. It tells nothing else."""

import re
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from api.deps import HouseDep
from api.documents.spoken import N_
from api.errors import Problem
from api.pages.engine import page
from api.pages.limits import limited_here
from api.pages.visitor import Posted, from_our_page, guest
from api.pages.words import LANGUAGES
from models.document_print import by_token, is_superseded
from workflows.house import House

router = APIRouter(include_in_schema=False)
MOST, SPAN = 30, timedelta(minutes=5)
LEAST_DIGITS = 16
SAID = {
    "genuine": N_("A genuine paper has this code."),
    "same": N_("This paper is genuine: the code and the number belong together."),
    "newer": N_("This paper is genuine, but there is a newer one with other contents. Ask for the newer one."),
    "unknown": N_("This is not known here. Check that the code and the number are typed as they are printed."),
    "wait": N_("Too many tries. Wait a few minutes, then try again."),
}


def is_too_many(request: Request) -> bool:
    """Whether this network has asked too often; what it asked is not looked at then."""
    try:
        limited_here(request, "verify", MOST, SPAN)
    except Problem:
        return True
    return False


TooMany = Annotated[bool, Depends(is_too_many)]


@router.get("/verify")
def ask(request: Request) -> HTMLResponse:
    """Ask for the code and the number."""
    return answer(request, "", None)


@router.get("/verify/{token}")
def look(token: str, request: Request, house: HouseDep, too_many: TooMany) -> HTMLResponse:
    """What is known of a code, and a form for the number beside it."""
    return answer(request, token, "wait" if too_many else found(house, token, None))


@router.post("/verify")
def compare(request: Request, house: HouseDep, form: Posted, too_many: TooMany) -> HTMLResponse:
    """Whether a code and a number belong together."""
    from_our_page(request)
    token, number = str(form.get("code", "")).strip(), str(form.get("number", ""))
    return answer(request, token, "wait" if too_many else found(house, token, number))


def found(house: House, token: str, number: str | None) -> str:
    """The answer as a key of ``SAID``. The number may be cut after its first sixteen digits."""
    digits = re.sub(r"[\s\u2066-\u2069-]", "", number or "").lower()
    with house.database.reading() as session:
        row = by_token(session, token.rpartition("/")[2])
        newer = row is not None and is_superseded(session, row)
    if row is None or (number is not None and not (len(digits) >= LEAST_DIGITS and row.sha256.startswith(digits))):
        return "unknown"
    return "newer" if newer else "genuine" if number is None else "same"


def answer(request: Request, token: str, state: str | None) -> HTMLResponse:
    """The page; its form and its size are the same whatever is known."""
    status = 429 if state == "wait" else 200
    said = SAID[state] if state else ""
    return page(request, "person/verify.html", guest(request, LANGUAGES), status, token=token[:200], state=state,
                answer=said)  # fmt: skip
