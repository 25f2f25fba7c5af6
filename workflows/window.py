"""Gives the person their window, lets them in by link and PIN, and takes it back.

Every try is written down before it is looked at; what is refused is refused alike, after the same work (T14). The other
PIN opens an empty window and calls for help in silence (T4, control C20). Links live by the machine's own time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import link_session
from models.access import Act
from models.case import Case
from models.database import Database
from models.event import append
from models.glass import Alert
from models.house_seal import opened, seal
from models.link import Link, issue, revoke
from models.password import hashed, verified
from models.person import Contact, ContactWord, Person, UnsafeAddress, live_channels
from models.queries.access import must
from models.staff import Staff
from models.stage import Role
from models.window import DIGITS, MOST_WRONG, Window, digits, is_easy, of_cookie, windows_of
from workflows.commands import Refused, Wrong
from workflows.house import House
from workflows.lease import lock
from workflows.themselves import call_for_help
from workflows.window_code import PURPOSE, is_code, link_of, takes_codes

VIEWS = 100_000


@dataclass(frozen=True)
class Given:
    """A window that was just given. ``token`` is shown once, as a QR code for paper."""

    window: str
    token: str


@dataclass(frozen=True)
class Tried:
    """One try: at which window by which link, and what to compare the PIN with."""

    window: UUID
    link: UUID
    pin: str | None
    other: str | None


def give(house: House, ref: str, pin: str, other: str, who: Staff, now: datetime, *, by_code: bool = False) -> Given:
    """A new window for the principal, with the PINs that they chose; older ones end. The person is in the room.

    ``by_code``: no PIN, but a code to their safe channel each time. Raises UnknownCase, Denied, Wrong for a PIN that
    cannot be taken, Refused where contact with them is not safe or no channel is there for codes.
    """
    pin, other = "" if by_code else checked(pin, "pin"), checked(other, "other") if other else ""
    if pin and pin == other:
        raise Wrong("same", "The two numbers must not be the same: let the person choose another one.", "other")
    kept = [hashed(one) if one else None for one in (pin, other)]
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        must(session, who, Act.RECORD, case, house.clock.now(), 2)
        person = session.exec(select(Person).where(Person.case_id == case.id, Person.principal)).one()
        if is_unsafe(session, person):
            raise Refused("not_safe", "Contact with this person is not safe now: agree on a safe channel first.")
        if by_code and not takes_codes(session, case, house.clock.now()):
            raise Refused("no_channel", "There is no safe channel for codes: agree on one first, or on a number.")
        end(session, ref, now)
        row = Window(case_ref=ref, person_id=person.id, given_at=now, given_by=who.handle)
        seal(session, row, pin=kept[0], other=kept[1])
        session.add(row)
        token = issue(session, PURPOSE, row.ref, str(person.id), who.handle, now,
                      language=person.language, most_views=VIEWS)  # fmt: skip
        append(session, ref, "window.given", who.handle, house.clock.now(), window=row.ref)
        return Given(row.ref, token)


def checked(pin: str, field: str) -> str:
    """Six digits that nobody tries first. Raises Wrong."""
    found = digits(pin)
    if len(found) != DIGITS or len(pin.strip()) != DIGITS:
        raise Wrong("digits", f"Let the person choose {DIGITS} digits.", field)
    if is_easy(found):
        raise Wrong("easy", "This number is easy to guess: let the person choose another one.", field)
    return found


def is_unsafe(session: Session, person: Person) -> bool:
    """Somebody said that contact is not safe, and no channel was called safe since."""
    contacts = session.exec(select(Contact).where(Contact.person_id == person.id)).all()
    unsafe = session.exec(select(UnsafeAddress).where(UnsafeAddress.person_id == person.id)).all()
    words = session.exec(select(ContactWord).where(ContactWord.person_id == person.id)).all()
    return any(word.word != "none_safe" for word in words) and not live_channels(contacts, unsafe, words)


def end(session: Session, ref: str, now: datetime) -> int:
    """Nobody gets in any more, nor stays in. Gives how many windows were open."""
    living = [row for row in windows_of(session, ref) if row.revoked_at is None]
    for row in living:
        row.revoked_at = now
        revoke(session, PURPOSE, row.ref, now)
    return len(living)


def take_back(house: House, ref: str, who: Staff, now: datetime) -> int:
    """The paper was lost, or the person wants no window. Raises UnknownCase or Denied."""
    with house.database.unit_of_work() as session:
        case = lock(session, ref)
        must(session, who, Act.RECORD, case, house.clock.now(), 2)
        ended = end(session, ref, now)
        append(session, ref, "window.revoked", who.handle, house.clock.now(), windows=ended)
        return ended


def enter(
    house: House, token: str, cookie: str, pin: str, language: str, now: datetime, device: str | None = None
) -> str | None:
    """Gives the cookie's value of a new session. ``cookie``: of a session that ended, in place of the token.

    ``device`` is the browser that a code was sent for. None says nothing about why.
    """
    tried = begin(house.database, token, cookie, now)
    said = digits(pin)
    good, _ = verified(tried.pin if tried else None, said)
    forced, _ = verified(tried.other if tried else None, said)
    if tried and tried.pin is None and device and not forced:
        good = is_code(house.database, tried.link, device, said, now)
    return finish(house, tried, language, now, empty=forced and not good) if tried and (good or forced) else None


def begin(database: Database, token: str, cookie: str, now: datetime) -> Tried | None:
    """Count the try. Gives what to compare with; None where nobody gets in."""
    with database.unit_of_work() as session:
        link = link_of(session, token, cookie, now)
        mine = select(Window).where(Window.ref == (link.subject if link else "")).with_for_update()
        row = session.exec(mine).first()
        if link is None or row is None or not row.is_open:
            return None
        row.wrong += 1
        if row.wrong >= MOST_WRONG:
            close(session, row, now)
        return Tried(row.id, link.id, opened(session, row, "pin"), opened(session, row, "other"))


def close(session: Session, row: Window, now: datetime) -> None:
    """Too many tries: only a member of staff opens it again, and they are told."""
    row.locked_at = now
    case = session.exec(select(Case).where(Case.ref == row.case_ref)).one()
    session.add(
        Alert(at=now, kind="window_locked", about=row.id, case_ref=row.case_ref, role=Role.COUNSELLOR,
              handle=case.responsible, until=now)
    )  # fmt: skip


def finish(house: House, tried: Tried, language: str, now: datetime, *, empty: bool) -> str:
    """Open the window, or the empty one. The last try that is right is no wrong one."""
    with house.database.unit_of_work() as session:
        row, link = session.get_one(Window, tried.window), session.get_one(Link, tried.link)
        case = lock(session, row.case_ref)
        row.wrong, row.locked_at, link.wrong = 0, None, 0
        settle(session, row, now)
        link.views += 1
        if empty:
            call_for_help(session, case, row.person_id, "duress", house.clock.now())
        else:
            row.seen_at = now
        return link_session.begin(session, link, now, language, empty=empty)


def settle(session: Session, row: Window, now: datetime) -> None:
    """It was not locked after all."""
    open_ones = select(Alert).where(Alert.about == row.id, Alert.kind == "window_locked", col(Alert.done_at).is_(None))
    for alert in session.exec(open_ones):
        alert.done_at = now


def leave(database: Database, cookie: str, now: datetime) -> None:
    """End a session at once; nothing happens for a cookie that names none."""
    with database.unit_of_work() as session:
        found = of_cookie(session, cookie) if cookie else None
        if found is not None:
            found[0].ended_at = found[0].ended_at or now
