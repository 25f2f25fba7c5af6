"""Who reads a staff page: the session of the cookie, and the check that a form came from one of our pages."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import quote, urlsplit
from uuid import UUID

from fastapi import Depends, Request
from starlette.datastructures import FormData

from api.deps import HouseDep
from api.errors import Problem
from api.pages.words import STAFF_LANGUAGES, preferred
from models.kept_form import forget
from models.queries.glass import is_locked
from models.signed_in import SignedIn, whose
from models.staff import Staff
from workflows.glass import UNREVIEWED
from workflows.house import House

SEEN_EVERY = timedelta(minutes=1)
LONGEST_NEXT = 500
WHILE_LOCKED = ("/account/language", "/sign-out")
WITHOUT_NEW_PASSWORD = ("/account/password", "/account/language", "/sign-out")


class NotSignedIn(Exception):
    """Nobody is signed in: they are asked to, and come back to ``back`` afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__("nobody is signed in")
        self.back = back


class NewPasswordNeeded(Exception):
    """Whoever is signed in has to choose a new password before anything else."""


class ProofNeeded(Exception):
    """A sensitive act: whoever is signed in shows the second factor once more, and comes back to ``back``."""

    def __init__(self, back: str) -> None:
        super().__init__("the second factor was shown too long ago")
        self.back = back


@dataclass(frozen=True)
class Visitor:
    """A member of staff on a page."""

    staff: Staff
    signed: SignedIn
    zone: str

    @property
    def language(self) -> str:
        """Turkish or English."""
        return self.signed.language

    @property
    def csrf(self) -> str:
        """The token that each of their forms carries."""
        return self.signed.csrf


class Stopped(Exception):
    """Whoever is signed in can go no further, whatever page they ask for: they are told why, and may sign out."""

    def __init__(self, visitor: Visitor, code: str, detail: str) -> None:
        super().__init__(detail)
        self.visitor, self.code, self.detail = visitor, code, detail


@dataclass(frozen=True)
class Guest:
    """Somebody who is nobody yet."""

    language: str
    zone: str
    csrf: str = ""


def cookie_name(request: Request) -> str:
    """With TLS a name that no other host and no plain connection can set."""
    return "__Host-sila" if request.app.state.settings.is_secure else "sila"


def guest(request: Request, among: tuple[str, ...] = STAFF_LANGUAGES) -> Guest:
    """Whoever asks, in the language of their browser."""
    wanted = preferred(request.headers.get("accept-language", ""), among, "en")
    return Guest(wanted, request.app.state.settings.zone)


def staff_visitor(request: Request, house: HouseDep) -> Visitor:
    """The member of staff whose live session the cookie names. Raises NotSignedIn, NewPasswordNeeded, Stopped."""
    now = request.app.state.wall()
    with house.database.reading() as session:
        found = whose(session, request.cookies.get(cookie_name(request), ""), now)
        locked = found is not None and is_locked(session, found[1].handle, house.clock.now())
    if found is None:
        raise NotSignedIn(back_to(request))
    signed, staff = found
    if locked and request.url.path not in WHILE_LOCKED:
        raise Stopped(Visitor(staff, signed, request.app.state.settings.zone), "locked", UNREVIEWED)
    if signed.only_password and request.url.path not in WITHOUT_NEW_PASSWORD:
        raise NewPasswordNeeded
    keep_awake(house, signed, now)
    return Visitor(staff, signed, request.app.state.settings.zone)


def keep_awake(house: House, signed: SignedIn, now: datetime) -> None:
    """Note that the session is in use, not more than once a minute."""
    if now - signed.seen_at < SEEN_EVERY:
        return
    with house.database.unit_of_work() as session:
        row = session.get(SignedIn, signed.id)
        if row is not None:
            row.seen_at = now


def back_to(request: Request) -> str:
    """Where somebody wanted to go: a page that can be read; a form cannot be sent again by an address."""
    if request.method != "GET":
        return "/"
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return path[:LONGEST_NEXT]


def sign_in_address(back: str) -> str:
    """The sign-in page, which leads back."""
    return "/sign-in" if back == "/" else f"/sign-in?next={quote(back, safe='')}"


def is_local(path: str) -> bool:
    """Whether an address stays in this house: a path of ours, no other host, no script."""
    parts = urlsplit(path)
    strange = path.startswith(("//", "/\\")) or "\\" in path or any(ord(letter) < 33 for letter in path)
    return path.startswith("/") and not strange and not parts.scheme and not parts.netloc


async def posted(request: Request) -> FormData:
    """The form of a POST."""
    return await request.form(max_files=5, max_fields=2000)


async def posted_until_answered(request: Request) -> AsyncIterator[FormData]:
    """The same; its files are closed once the answer is given."""
    form = await posted(request)
    try:
        yield form
    finally:
        await form.close()


Posted = Annotated[FormData, Depends(posted_until_answered)]
StaffVisitor = Annotated[Visitor, Depends(staff_visitor)]


def from_our_page(request: Request) -> None:
    """A form that another site sent is refused. Raises Problem."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if site is None and origin not in (None, "null"):
        foreign = urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise Problem(
            403, "foreign_form", "This form did not come from a page of ours: open the page and send it there."
        )


def posting_staff(request: Request, house: HouseDep, visitor: StaffVisitor, form: Posted) -> Visitor:
    """The same for a form: from one of our pages, with the session's token. Raises Problem."""
    from_our_page(request)
    if not visitor.signed.accepts(str(form.get("csrf", ""))):
        raise Problem(403, "form_token", "This form is from another session: open the page again and send it there.")
    if "kept" in request.query_params:
        forget_kept(house, visitor.staff.handle, request.query_params["kept"])
    return visitor


PostingStaff = Annotated[Visitor, Depends(posting_staff)]


def forget_kept(house: House, handle: str, form: str) -> None:
    """A form that was kept is sent now: it is not offered again."""
    with suppress(ValueError), house.database.unit_of_work() as session:
        forget(session, handle, UUID(form))
