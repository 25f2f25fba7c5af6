"""Administrators: one member of staff, in which roles, who supervises them, and how they sign in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session, select
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.account.administrator import Administrator, Deciding, link_page, roles_in
from api.pages.account.outcomes import OUTCOMES
from api.pages.account.remedies import REMEDIES, remedy
from api.pages.engine import page
from api.pages.visitor import Posted, Visitor
from models.account import Account
from models.sign_in import latest
from models.signed_in import living
from models.staff import Staff
from models.stage import Role
from workflows.account import change_roles, disable, enable, enrol, must_change, revoke, staff_of, unlock
from workflows.commands import Wrong
from workflows.house import House

router = APIRouter(include_in_schema=False)
Change = Callable[[Session, str, str, datetime], None]
CHANGES: dict[str, Change] = {
    "unlock": unlock, "revoke": revoke, "disable": disable, "enable": enable, "password": must_change,
}  # fmt: skip


@router.get("/staff/{handle}")
def somebody(request: Request, house: HouseDep, visitor: Administrator, handle: str) -> Response:
    """One member of staff."""
    return staff_page(request, house, visitor, handle)


@router.post("/staff/{handle}/roles")
def set_roles(request: Request, house: HouseDep, visitor: Deciding, form: Posted, handle: str) -> Response:
    """What they may do from their next request on, and who supervises them."""
    supervisor = str(form.get("supervisor", "")).strip() or None
    try:
        with house.database.unit_of_work() as session:
            change_roles(session, handle, roles_in(form), supervisor, visitor.staff.handle, house.clock.now())
    except Wrong as error:
        return staff_page(request, house, visitor, handle, remedy(error), error.field or "role", 422)
    return RedirectResponse(f"/staff/{handle}", 303)


@router.post("/staff/{handle}/enrol")
def enrol_again(request: Request, house: HouseDep, visitor: Deciding, handle: str) -> Response:
    """A new link, shown once: the phone is lost, or the password."""
    with house.database.unit_of_work() as session:
        known(session, handle)
        token = enrol(session, handle, visitor.staff.handle, request.app.state.wall())
    return link_page(request, visitor, handle, token)


@router.post("/staff/{handle}/{change}")
def do(request: Request, house: HouseDep, visitor: Deciding, handle: str, change: str) -> Response:
    """Unlock, end sessions, close, open, or have a new password chosen."""
    if change not in CHANGES:
        raise Problem(404, "unknown_page", "There is no page here.")
    try:
        with house.database.unit_of_work() as session:
            CHANGES[change](session, handle, visitor.staff.handle, request.app.state.wall())
    except Wrong as error:
        return staff_page(request, house, visitor, handle, remedy(error), "state", 422)
    return RedirectResponse(f"/staff/{handle}", 303)


def known(session: Session, handle: str) -> Staff:
    """Somebody by name. Raises Problem."""
    try:
        return staff_of(session, handle)
    except Wrong:
        raise Problem(404, "unknown_staff", REMEDIES["unknown_staff"]) from None


def staff_page(
    request: Request, house: House, visitor: Visitor, handle: str, error: str = "", field: str = "", status: int = 200
) -> Response:
    """One member of staff, perhaps with what is the matter."""
    now = request.app.state.wall()
    with house.database.reading() as session:
        staff = known(session, handle)
        account = session.exec(select(Account).where(Account.staff_handle == handle)).first()
        supervisors = [one.handle for one in session.exec(select(Staff)) if one.has(Role.SUPERVISOR)]
        number = sum(row.lives(now) for row in living(session, handle))
        history = latest(session, handle, 20)
    values: dict[str, Any] = {
        "staff": staff, "account": account, "supervisors": sorted(set(supervisors) - {handle}), "number": number,
        "history": history, "outcomes": OUTCOMES, "every": list(Role), "error": error, "field": field,
        "wall": now, "myself": handle == visitor.staff.handle,
    }  # fmt: skip
    return page(request, "account/staff_one.html", visitor, status, **values)
