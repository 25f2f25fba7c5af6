"""Codes to a window without a number of the person's own: to a safe channel, for one browser, each time they come.

Whether a link takes codes, whether one was sent and why not is told to nobody who only holds the link (T14).
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from models.case import Case
from models.database import Database
from models.link import Link, LinkPurpose, opening
from models.link_code import ask, fits
from models.window import Window, of_cookie
from workflows.commands import Refused
from workflows.gather import gather
from workflows.house import House
from workflows.messages import links as messages
from workflows.messages.recipients import ToPerson, to_person

PURPOSE, SAFE = LinkPurpose.PERSON_WINDOW, "safe"


def link_of(session: Session, token: str, cookie: str, now: datetime) -> Link | None:
    """The link of a token, or of the session that was open in this browser."""
    if token:
        return opening(session, PURPOSE, token, now)
    found = of_cookie(session, cookie) if cookie else None
    return found[2] if found and found[2].opens(now) else None


def takes_codes(session: Session, case: Case, now: datetime) -> bool:
    """Whether the person has a channel that a code may go by."""
    return bool(to_person(session, gather(session, case, now)))


def send_code(house: House, token: str, cookie: str, device: str, now: datetime) -> None:
    """Make a code for one browser and send it, in safe hours and not too often; else nothing happens (S19, C12)."""
    with house.database.unit_of_work() as session:
        link = link_of(session, token, cookie, now)
        row = session.exec(select(Window).where(Window.ref == (link.subject if link else ""))).first()
        takes = link is not None and row is not None and row.is_open and row.by_code
        code = ask(session, link, device, SAFE, now) if takes and link else None
        ref = row.case_ref if row else ""
    if code:
        with suppress(Refused):
            messages.send_code(house, ref, code, ToPerson(on_paper=True), by="person")


def is_code(database: Database, link_id: UUID, device: str, said: str, now: datetime) -> bool:
    """Whether it is the code that this browser was sent, which is used up by that."""
    with database.unit_of_work() as session:
        return fits(session, session.get_one(Link, link_id), device, said, now)
