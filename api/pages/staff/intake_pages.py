"""The pages of an intake: the search before it, one short page, and the look at everything."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.forms import labels, told
from api.pages.engine import page
from api.pages.staff.intake_steps import STEPS, Step, first_wrong, page_of, read
from api.pages.staff.recording import lists_of
from api.pages.typed import Sent, new_token
from api.pages.visitor import Visitor
from models.draft import drafts_of
from models.queries.search import found
from workflows.house import House
from workflows.name_search import wanted

HERE = "/cases/new"


def start_page(request: Request, house: House, visitor: Visitor, typed: str | None = None) -> HTMLResponse:
    """The search with what it found."""
    now = house.clock.now()
    with house.database.reading() as session:
        known = found(session, visitor.staff, wanted(house.database.keyring, typed), typed, now) if typed else []
        aside = [one for one in drafts_of(session, visitor.staff.handle, now) if one[0].startswith(f"{HERE}/")]
    return page(request, "staff/intake_start.html", visitor, typed=typed, known=known, aside=aside, token=new_token())


def step_page(
    request: Request, visitor: Visitor, what: Sent, step: Step, setting: Any, wrong: dict[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    """One short page."""
    shown = page_of(step, what.typed, setting, wrong)
    return page(request, "staff/intake.html", visitor, status, page=shown, steps=STEPS, token=what.once or new_token(),
                draft=what.marks.get("_draft", ""), lists=lists_of(shown.fields, visitor.language))  # fmt: skip


def check_page(request: Request, visitor: Visitor, what: Sent, setting: Any) -> Response:
    """Everything once more; or the first page on which something is wrong."""
    case, wrong = read(what.typed, setting)
    if stopping := first_wrong(wrong):
        return step_page(request, visitor, what, stopping, setting, wrong, 422)
    if wrong:
        return step_page(request, visitor, what, STEPS[0], setting, {"": next(iter(wrong.values()))}, 422)
    words = labels(setting.language)
    parts = [(step, told(tuple(field for field in case.fields if field.name in step.parts), words)) for step in STEPS]
    hidden = [(name, text) for name, texts in what.typed.items() for text in texts]
    return page(request, "staff/intake_check.html", visitor, parts=parts, hidden=hidden, token=what.once,
                draft=what.marks.get("_draft", ""))  # fmt: skip
