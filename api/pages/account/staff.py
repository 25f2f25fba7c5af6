"""Administrators: everybody who may act, adding somebody, and the audit of sign-ins."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import col, select
from starlette.responses import Response

from api.deps import HouseDep
from api.errors import Problem
from api.pages.account.administrator import NOT_YOURS, Administrator, Deciding, link_page, roles_in
from api.pages.account.outcomes import OUTCOMES
from api.pages.account.remedies import remedy
from api.pages.engine import page
from api.pages.visitor import Posted, StaffVisitor, Visitor
from models.access import Act, may
from models.account import Account
from models.handover import Partner
from models.shelter import ShelterUnit
from models.sign_in import failures, latest
from models.staff import Staff
from models.stage import Role
from workflows.account import add, enrol
from workflows.commands import Wrong
from workflows.house import House

router = APIRouter(include_in_schema=False)
WATCHED, MANY = timedelta(hours=1), 20


@router.get("/staff")
def everybody(request: Request, house: HouseDep, visitor: Administrator) -> Response:
    """The list."""
    now = request.app.state.wall()
    with house.database.reading() as session:
        staff = session.exec(select(Staff).order_by(col(Staff.active).desc(), col(Staff.handle))).all()
        accounts = {account.staff_handle: account for account in session.exec(select(Account)).all()}
        failed = failures(session, now - WATCHED)
    values: dict[str, Any] = {"everybody": staff, "accounts": accounts, "wall": now, "failed": failed, "many": MANY}
    return page(request, "account/staff_list.html", visitor, **values)


@router.get("/staff/new")
def new(request: Request, house: HouseDep, visitor: Administrator) -> Response:
    """The page for adding somebody."""
    return new_page(request, house, visitor)


@router.post("/staff/new")
def create(request: Request, house: HouseDep, visitor: Deciding, form: Posted) -> Response:
    """Add somebody, and show the link with which they enrol, once."""
    handle, partner = str(form.get("handle", "")).strip(), str(form.get("partner", "")) or None
    try:
        with house.database.unit_of_work() as session:
            add(session, handle, roles_in(form), partner, visitor.staff.handle, house.clock.now())
            token = enrol(session, handle, visitor.staff.handle, request.app.state.wall())
    except Wrong as error:
        said = {"handle": handle, "roles": form.getlist("role"), "partner": partner or ""}
        return new_page(request, house, visitor, 422, error=remedy(error), field=error.field or "handle", **said)
    return link_page(request, visitor, handle, token)


@router.get("/staff/sign-ins")
def sign_ins(request: Request, house: HouseDep, visitor: StaffVisitor, handle: str = "") -> Response:
    """The audit of sign-ins, for administrators and auditors."""
    if not (may(visitor.staff, Act.ACCOUNTS) or may(visitor.staff, Act.AUDIT)):
        raise Problem(403, "role", NOT_YOURS)
    with house.database.reading() as session:
        rows = latest(session, handle or None)
    return page(request, "account/sign_ins.html", visitor, rows=rows, handle=handle, outcomes=OUTCOMES)


def new_page(request: Request, house: House, visitor: Visitor, status: int = 200, **said: Any) -> Response:
    """The page for adding somebody, perhaps with what is the matter."""
    with house.database.reading() as session:
        partners = {*session.exec(select(Partner.code)), *session.exec(select(ShelterUnit.partner))}
    values = {"error": "", "field": "", "handle": "", "roles": [], "partner": ""} | said
    values |= {"partners": sorted(one for one in partners if one), "every": list(Role)}
    return page(request, "account/staff_new.html", visitor, status, **values)
