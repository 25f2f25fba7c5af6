"""What every route may ask for: the house, who is at the door, and answering a repeated POST with the same answer."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from api.errors import Problem
from models.idempotency import Answered
from models.queries.keys import holder
from models.staff import Staff
from models.stage import Role
from workflows.glass import UNREVIEWED
from workflows.house import House
from workflows.nudge import Nudger

LONGEST_REQUEST = timedelta(minutes=2)
STAFF_ROLES = tuple(role for role in Role if role is not Role.RECEIVING_PARTNER)


async def house_of(request: Request) -> House:
    """The house of this process. It waits for nothing, so it needs no thread."""
    house: House = request.app.state.house
    return house


async def nudger_of(request: Request) -> Nudger:
    """The nudger of this process."""
    nudger: Nudger = request.app.state.nudger
    return nudger


HouseDep = Annotated[House, Depends(house_of)]
NudgerDep = Annotated[Nudger, Depends(nudger_of)]


bearer = HTTPBearer(auto_error=False, scheme_name="API key", description="A key made by `sila staff add`: sila_…")
Shown = HTTPAuthorizationCredentials | None
Key = Annotated[Shown, Depends(bearer)]


def signed_in(house: HouseDep, shown: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)] = None) -> Staff:
    """Who is at the door, by API key: ``Authorization: Bearer sila_…``. Raises Problem."""
    with house.database.reading() as session:
        return known_by(session, shown, house.clock.now())


def known_by(session: Session, shown: HTTPAuthorizationCredentials | None, now: datetime) -> Staff:
    """The same within a transaction. Raises Problem."""
    found = holder(session, shown.credentials, now) if shown else None
    if found is None:
        raise Problem(401, "not_signed_in", "Send your API key: Authorization: Bearer sila_…")
    staff, locked = found
    if locked:
        raise Problem(403, "locked", UNREVIEWED)
    return staff


SignedIn = Annotated[Staff, Depends(signed_in)]


def require(*roles: Role) -> Callable[[Staff], Staff]:
    """A router's guard: one of these roles, or 403."""

    def guard(staff: SignedIn) -> Staff:
        return must_be(staff, *roles)

    return guard


def must_be(staff: Staff, *roles: Role) -> Staff:
    """Somebody of one of these roles. Raises Problem."""
    if not staff.has(*roles):
        raise Problem(403, "role", "Your role may not use this door.")
    return staff


class Once:
    """Answers a POST once for its Idempotency-Key: the same body gets the same answer, another body 422."""

    def __init__(self, house: House, who: Staff, key: str, door: str) -> None:
        self.house, self.who, self.key, self.door = house, who, key, door

    def answer(self, body: Any, work: Callable[[], dict[str, Any]], status: int = 200) -> JSONResponse:
        """Do the work unless it was done, and answer with what it said."""
        said, known = self.do(body, work, status)
        return JSONResponse(said, known)

    def do(self, body: Any, work: Callable[[], dict[str, Any]], status: int = 200) -> tuple[dict[str, Any], int]:
        """Do the work unless it was done; what is refused may be sent again under the same key. Raises Problem."""
        known = self.begin(digest_of(body))
        if known is not None:
            return json.loads(known.answer or "{}"), known.status or 200
        try:
            said = work()
        except BaseException:
            self.forget()
            raise
        self.keep(status, said)
        return said, status

    def begin(self, digest: str) -> Answered | None:
        """Claim the key, or give the answer that it already has."""
        row = Answered(who=self.who.handle, key=self.key, door=self.door, body_sha256=digest, at=self.house.clock.now())
        try:
            with self.house.database.unit_of_work() as session:
                session.add(row)
            return None
        except IntegrityError:
            known = self.find()
        if known is None or (known.door, known.body_sha256) != (self.door, digest):
            raise Problem(422, "key_reused", "This Idempotency-Key was used for something else: take a new one.")
        if known.status is None and self.house.clock.now() - known.at > LONGEST_REQUEST:
            raise Problem(409, "unclear", "The first request was cut off: look at the time line whether it was done, "
                          "and if it was not, send it under a new key.")  # fmt: skip
        if known.status is None:
            raise Problem(409, "still_running", "The first request with this key is still running: wait, then repeat.")
        return known

    def find(self) -> Answered | None:
        """The row of this key."""
        with self.house.database.reading() as session:
            return session.exec(
                select(Answered).where(Answered.who == self.who.handle, Answered.key == self.key)
            ).first()

    def keep(self, status: int, said: dict[str, Any]) -> None:
        """Remember the answer."""
        with self.house.database.unit_of_work() as session:
            row = session.exec(select(Answered).where(Answered.who == self.who.handle, Answered.key == self.key)).one()
            row.status, row.answer = status, json.dumps(said, default=str)

    def forget(self) -> None:
        """Give the key free."""
        with self.house.database.unit_of_work() as session:
            row = session.exec(
                select(Answered).where(Answered.who == self.who.handle, Answered.key == self.key)
            ).first()
            if row:
                session.delete(row)


def digest_of(body: Any) -> str:
    """By what a repeated body is known."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def once_of(
    request: Request, house: HouseDep, staff: SignedIn, idempotency_key: Annotated[str | None, Header()] = None
) -> Once:
    """By the header of a program. Raises Problem."""
    if not idempotency_key or len(idempotency_key) > 120:
        raise Problem(400, "no_idempotency_key", "Send an Idempotency-Key header: any unique text of up to 120.")
    return Once(house, staff, idempotency_key, f"{request.method} {request.url.path}")


OnceDep = Annotated[Once, Depends(once_of)]
