"""My account: language, sessions, recovery codes, and what was written down about my sign-ins."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import col, func, select
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep
from api.pages.account.outcomes import OUTCOMES
from api.pages.account.sign_in import safe
from api.pages.engine import page
from api.pages.limits import network_mark
from api.pages.proof import StepUp
from api.pages.visitor import Posted, PostingStaff, StaffVisitor
from api.pages.words import STAFF_LANGUAGES
from models.account import RecoveryCode, account_of, new_codes
from models.sign_in import Outcome, latest, note
from models.signed_in import SignedIn, living
from workflows.account import end_session

router = APIRouter(include_in_schema=False)
SHOWN = 10


@router.get("/account")
def account(request: Request, house: HouseDep, visitor: StaffVisitor) -> Response:
    """The page."""
    handle, now = visitor.staff.handle, request.app.state.wall()
    with house.database.reading() as session:
        sessions = [row for row in living(session, handle) if row.lives(now)]
        unused = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_handle == handle)
        codes = session.exec(unused.where(col(RecoveryCode.used_at).is_(None))).one()
        history = latest(session, handle, SHOWN)
    values: dict[str, Any] = {"sessions": sessions, "codes": codes, "history": history, "outcomes": OUTCOMES}
    return page(request, "account/home.html", visitor, **values)


@router.post("/account/language")
def language(request: Request, house: HouseDep, visitor: PostingStaff, form: Posted) -> Response:
    """Turkish or English, here and at the next sign-in."""
    wanted = str(form.get("language", ""))
    if wanted in STAFF_LANGUAGES:
        with house.database.unit_of_work() as session:
            session.get_one(SignedIn, visitor.signed.id).language = wanted
            mine = account_of(session, visitor.staff.handle)
            if mine:
                mine.language = wanted
    return RedirectResponse(safe(str(form.get("back", "/"))), 303)


@router.post("/account/sessions/{row}/end")
def end(request: Request, house: HouseDep, visitor: PostingStaff, row: UUID) -> Response:
    """End one of my sessions."""
    now = request.app.state.wall()
    with house.database.unit_of_work() as session:
        end_session(session, visitor.staff.handle, row, now)
        note(session, visitor.staff.handle, Outcome.ENDED, network_mark(request), now)
    return RedirectResponse("/account", 303)


@router.post("/account/codes")
def codes(request: Request, house: HouseDep, visitor: StepUp) -> Response:
    """New recovery codes, shown this once; those before them are worth nothing any more."""
    handle, now = visitor.staff.handle, request.app.state.wall()
    with house.database.unit_of_work() as session:
        made = new_codes(session, handle, now)
        note(session, handle, Outcome.NEW_CODES, network_mark(request), now)
    return page(request, "account/codes.html", visitor, codes=made)
