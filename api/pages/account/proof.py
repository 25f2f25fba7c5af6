"""Proving it is oneself before a sensitive act, and going on with a form that was kept."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.account.sign_in import REFUSED_CODE, demo_code, safe
from api.pages.engine import page
from api.pages.limits import limited, network_mark
from api.pages.places import N_
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models.kept_form import forget, kept
from workflows.sign_in import step_up

router = APIRouter(include_in_schema=False)
MOST, PER = 12, timedelta(minutes=5)
NOT_THERE = N_("This form is not kept any more: open its page and fill it in again.")


@router.get("/prove")
def ask(request: Request, visitor: StaffVisitor, next: str = "/") -> Response:
    """The page that asks for a code."""
    return form_page(request, visitor, safe(next))


@router.post("/prove")
def prove(request: Request, house: HouseDep, visitor: PostingStaff, form: Posted) -> Response:
    """The second factor once more, then on."""
    limited(request, f"proof of {visitor.staff.handle}", MOST, PER)
    back, code = safe(str(form.get("next", "/"))), str(form.get("code", ""))[:40]
    if not step_up(house.database, visitor.signed.id, code, network_mark(request), request.app.state.wall()):
        return form_page(request, visitor, back, REFUSED_CODE, 401)
    return RedirectResponse(back, 303)


def form_page(request: Request, visitor: Visitor, back: str, error: str = "", status: int = 200) -> Response:
    """The page, perhaps with what is the matter."""
    provider, code = request.app.state.provider is not None, demo_code(request, visitor.staff.handle)
    values: dict[str, Any] = {"next": back, "error": error, "provider": provider, "demo_code": code}
    return page(request, "account/prove.html", visitor, status, **values)


@router.get("/kept/{form}")
def show_kept(request: Request, house: HouseDep, visitor: StaffVisitor, form: UUID) -> Response:
    """What was typed and not done yet: one button does it."""
    with house.database.reading() as session:
        found = kept(session, visitor.staff.handle, form, request.app.state.wall())
    if found is None:
        raise Problem(404, "not_kept", NOT_THERE)
    path, fields = found
    action = f"{path}{'&' if '?' in path else '?'}kept={form}"
    return page(request, "account/kept.html", visitor, form=form, path=path, action=action, fields=fields)


@router.post("/kept/{form}/discard")
def discard(request: Request, house: HouseDep, visitor: PostingStaff, form: UUID) -> Response:
    """It is not wanted any more."""
    with house.database.unit_of_work() as session:
        forget(session, visitor.staff.handle, form)
    return RedirectResponse("/", 303)
