"""What was typed into a form is kept when the form may not be done yet, and offered again afterwards.

It is kept for the member of staff whose session sent it, and only when the form carried that session's token: another
site cannot leave something for us to send. Files and passwords are not kept.
"""

from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.errors import Problem
from api.pages.visitor import cookie_name, from_our_page, is_local, posted
from models.kept_form import Fields, keep
from models.signed_in import SignedIn, session_of

NOT_KEPT = ("/sign-in", "/sign-out", "/account/password", "/account/language", "/enrol", "/prove", "/kept")
LONGEST_PATH = 500
LONGEST_AGO = timedelta(days=1)


async def keep_typed(request: Request) -> UUID | None:
    """Keep the form of a request, if it is one that can be kept."""
    if request.method != "POST" or request.url.path.startswith(NOT_KEPT):
        return None
    try:
        from_our_page(request)
        form = await posted(request)
    except (Problem, HTTPException):
        return None
    return await run_in_threadpool(keep_form, request, form)


def keep_form(request: Request, form: FormData) -> UUID | None:
    """Keep it under the name of whoever sent it."""
    path, now = address_of(request), request.app.state.wall()
    if not is_local(path) or len(path) > LONGEST_PATH:
        return None
    with request.app.state.house.database.unit_of_work() as session:
        handle = sender(session, request, str(form.get("csrf", "")), now)
        return keep(session, handle, path, fields_of(form), now) if handle else None


def sender(session: Session, request: Request, token: str, now: datetime) -> str | None:
    """Whose session sent a form: one that lives or ran out of time within the last day, not one that was ended."""
    row: SignedIn | None = session_of(session, request.cookies.get(cookie_name(request), ""))
    if row is None or row.ended_at is not None or now - row.made_at > LONGEST_AGO:
        return None
    return row.staff_handle if row.accepts(token) else None


def fields_of(form: FormData) -> Fields:
    """The typed fields in their order, without the token of the session that is over."""
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != "csrf"]


def address_of(request: Request) -> str:
    """Where the form was going."""
    query = urlencode([one for one in request.query_params.multi_items() if one[0] != "kept"])
    return request.url.path + (f"?{query}" if query else "")
