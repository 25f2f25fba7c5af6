"""Intake: look whether the person is known, then short pages, a look at everything, and the case is opened."""

import secrets
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.errors import Problem
from api.forms import emptied, grown, labels
from api.forms.fill import Filled
from api.forms.troubles import of_form, of_refusal
from api.pages.sending import SentBefore, once
from api.pages.staff.intake_pages import HERE, check_page, start_page, step_page
from api.pages.staff.intake_steps import (
    STEPS,
    Step,
    beside,
    empty,
    first_wrong,
    mine,
    read,
    setting_of,
    step_of,
)
from api.pages.typed import Sent, new_token, sent
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from api.routes.cases import begun
from models.access import Act, may
from models.draft import put_aside, taken_up, thrown_away
from workflows import commands
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.nudge import Nudger
from workflows.open_case import open_case

router = APIRouter(include_in_schema=False)
GOES_FIRST = True  # "new" is no reference of a case
LONGEST_SEARCH = 200


def must_open(visitor: Visitor) -> None:
    """Raises Problem for somebody who opens no cases."""
    if not may(visitor.staff, Act.OPEN):
        raise Problem(403, "role", "Your role may not open a case: ask a counsellor.")


@router.get(HERE)
def start(request: Request, house: HouseDep, visitor: StaffVisitor) -> HTMLResponse:
    """Look first whether the person is known; or go on with an intake that was put aside."""
    must_open(visitor)
    return start_page(request, house, visitor)


@router.post(f"{HERE}/search")
def search(request: Request, house: HouseDep, visitor: PostingStaff, form: Posted) -> HTMLResponse:
    """Cases of people with such a name: a name is never in an address, so this is a form."""
    must_open(visitor)
    return start_page(request, house, visitor, str(form.get("name", "")).strip()[:LONGEST_SEARCH])


@router.get(HERE + "/{draft}")
def resume(request: Request, draft: str, house: HouseDep, visitor: StaffVisitor) -> Response:
    """An intake that was put aside, where it was left. Raises Problem."""
    must_open(visitor)
    with house.database.reading() as session:
        kept = taken_up(session, visitor.staff.handle, f"{HERE}/{draft}", house.clock.now())
        setting = setting_of(session, visitor.language)
    if kept is None:
        raise Problem(404, "no_draft", "This intake is not kept any more: begin a new one.")
    typed, _ = kept
    step = step_of("".join(typed.pop("_step", [])))
    what = Sent(typed, {"_once": new_token(), "_draft": draft})
    return step_page(request, visitor, what, step, setting)


@router.post(HERE)
def go_on(
    request: Request, house: HouseDep, nudger: NudgerDep, visitor: PostingStaff, form: Posted
) -> Response:  # fmt: skip
    """Whatever the button says: the next page or another, a row more or less, put aside, or open the case."""
    must_open(visitor)
    what = sent(form)
    with house.database.reading() as session:
        setting = setting_of(session, visitor.language)
    step = step_of(what.marks.get("_step", ""))
    if "_step" not in what.marks:
        return step_page(request, visitor, replaced(what, empty(setting)), step, setting)
    if "_add" in what.marks or "_remove" in what.marks:
        typed = emptied(what.typed, what.marks["_remove"]) if "_remove" in what.marks else what.typed
        typed = grown(CaseIn, typed, what.marks["_add"], setting) if "_add" in what.marks else typed
        return step_page(request, visitor, replaced(what, typed), step, setting)
    if "_discard" in what.marks:
        return discarded(house, visitor, what)
    if "_save" in what.marks:
        return aside(request, house, visitor, what, step, setting)
    if "_send" in what.marks:
        return opened(request, house, nudger, visitor, what, setting)
    return moved(request, visitor, what, step, setting)


def replaced(what: Sent, typed: Filled) -> Sent:
    """The same with other fields."""
    return Sent(typed, what.marks, what.troubles)


def moved(request: Request, visitor: Visitor, what: Sent, step: Step, setting: Any) -> Response:
    """To another page; forward only past what is right. ``show`` stays, to read the text of a language."""
    go = what.marks.get("_go", "next")
    if go == "show":
        return step_page(request, visitor, what, step, setting)
    _, wrong = read(what.typed, setting)
    wrong |= of_form(what.troubles, labels(setting.language))
    if go == "next" and (stopping := mine(step, wrong)):
        return step_page(request, visitor, what, step, setting, stopping, 422)
    target = beside(step, go)
    if target is None:
        return check_page(request, visitor, what, setting)
    return step_page(request, visitor, what, target, setting)


def aside(request: Request, house: House, visitor: Visitor, what: Sent, step: Step, setting: Any) -> Response:
    """Keep it for later, where the person has agreed that anything is kept."""
    _, wrong = read(what.typed, setting)
    if stopping := mine(step_of("consent"), {name: text for name, text in wrong.items() if name}):
        words = labels(setting.language)
        return step_page(request, visitor, what, step_of("consent"), setting,
                         {**stopping, "": words.text("no_consent")}, 422)  # fmt: skip
    draft = what.marks.get("_draft") or secrets.token_urlsafe(9)
    with house.database.unit_of_work() as session:
        put_aside(session, visitor.staff.handle, f"{HERE}/{draft}", {**what.typed, "_step": [step.name]},
                  house.clock.now())  # fmt: skip
    return RedirectResponse(HERE, 303)


def discarded(house: House, visitor: Visitor, what: Sent) -> Response:
    """It is not wanted any more."""
    with house.database.unit_of_work() as session:
        thrown_away(session, visitor.staff.handle, f"{HERE}/{what.marks.get('_draft', '')}")
    return RedirectResponse(HERE, 303)


def opened(
    request: Request, house: House, nudger: Nudger, visitor: Visitor, what: Sent, setting: Any
) -> Response:  # fmt: skip
    """Open the case, once, and go to it; or back to the page on which something is wrong."""
    case, wrong = read(what.typed, setting)
    if case.said is None or not what.once:
        return check_page(request, visitor, what if what.once else marked(what), setting)

    def work() -> dict[str, Any]:
        ref = open_case(house, case.said, visitor.staff)  # type: ignore[arg-type]
        nudger.push(begun(house, ref))
        return {"ref": ref}

    words = labels(setting.language)
    try:
        ref = once(request, house, visitor, what.once, what.typed, work)["ref"]
    except SentBefore:
        return step_page(request, visitor, marked(what), STEPS[0], setting, {"": words.text("sent_before")}, 409)
    except commands.Refused as error:
        wrong = of_refusal(error, CaseIn, words)
        return step_page(request, visitor, what, first_wrong(wrong) or STEPS[0], setting, wrong, error.status)
    discarded(house, visitor, what)
    return RedirectResponse(f"/cases/{ref}?recorded=opened", 303)


def marked(what: Sent) -> Sent:
    """With a new token."""
    return Sent(what.typed, {**what.marks, "_once": new_token()}, what.troubles)
