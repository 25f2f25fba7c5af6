"""Choosing a new password."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.pages.cookies import give
from api.pages.engine import page
from api.pages.limits import limited, network_mark
from api.pages.places import N_
from api.pages.visitor import Posted, PostingStaff, StaffVisitor, Visitor
from models import signed_in
from models.password import LONGEST, Weak, accept, hashed
from workflows.account import is_password, set_password
from workflows.house import House

router = APIRouter(include_in_schema=False)
MOST, PER = 10, timedelta(minutes=5)
WRONG = N_("This is not your password, or too many tries failed: wait some minutes, then try again.")
DIFFERENT = N_("The two new passwords are not the same.")
WEAK = {
    "too_short": N_("Choose at least 12 characters. Several words that you remember are good."),
    "too_long": N_("Choose at most 200 characters."),
    "has_handle": N_("Leave your own name out of the password."),
    "has_product": N_("Leave the name of this house out of the password."),
    "too_common": N_("Many people use this password, so it is guessed first. Choose another."),
}


def reason(password: str, again: str, handle: str) -> str:
    """Why a new password cannot be taken; empty when it can."""
    try:
        accept(password, handle)
    except Weak as error:
        return WEAK[error.code]
    return "" if password == again else DIFFERENT


@router.get("/account/password")
def ask(request: Request, visitor: StaffVisitor) -> Response:
    """The page."""
    return page(request, "account/password.html", visitor, error="", field="", forced=visitor.signed.only_password)


@router.post("/account/password")
def change(request: Request, house: HouseDep, visitor: PostingStaff, form: Posted) -> Response:
    """The old one, and the new one twice. Every session ends, and this browser gets a new one."""
    limited(request, f"password of {visitor.staff.handle}", MOST, PER)
    old, new, again = (str(form.get(name, ""))[: LONGEST + 1] for name in ("old", "new", "again"))
    error, field = reason(new, again, visitor.staff.handle), "new"
    if not error and not is_password(house.database, visitor.staff.handle, old, request.app.state.wall()):
        error, field = WRONG, "old"
    if error:
        forced = visitor.signed.only_password
        return page(request, "account/password.html", visitor, 422, error=error, field=field, forced=forced)
    response = RedirectResponse("/account", 303)
    give(request, response, renewed(request, house, visitor, hashed(new)))
    return response


def renewed(request: Request, house: House, visitor: Visitor, password_hash: str) -> str:
    """Keep the new password, and begin a new session in place of all others."""
    handle, now = visitor.staff.handle, request.app.state.wall()
    with house.database.unit_of_work() as session:
        set_password(session, handle, password_hash, network_mark(request), now)
        return signed_in.begin(session, handle, now, visitor.language, proved_at=visitor.signed.proved_at)
