"""The window of the person whose case it is: opened by a link that they hold and a PIN that they chose.

``link`` knows of the link; here is the PIN, and the other one that shows nothing and calls for help (control C20).
"""

import unicodedata
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session, col, select

from models.base import Record, instant, new_ref, plain
from models.case import Case
from models.house_seal import house_sealed
from models.link import Link, LinkPurpose, hashed
from models.link_session import LinkSession

DIGITS = 6
MOST_WRONG = 5  # tries in a row; then only a member of staff opens it again, with the person
EASY = ("123456", "654321", "012345", "543210", "123123", "121212", "112233", "102030")


class Window(Record, table=True):
    """One window. ``pin`` and ``other`` are argon2id hashes; ``wrong`` counts tries since it was last opened.

    One without a ``pin`` is opened by a code that is sent to the person's safe channel each time.
    """

    __tablename__ = "windows"

    ref: str = plain(default_factory=partial(new_ref, "W"), max_length=20, unique=True)
    case_ref: str = plain(max_length=20, index=True)
    person_id: UUID = plain(index=True)
    given_at: datetime = instant()
    given_by: str = plain(max_length=60)
    pin: bytes | None = house_sealed(2)
    other: bytes | None = house_sealed(3)
    wrong: int = plain(0)
    locked_at: datetime | None = instant(None)
    revoked_at: datetime | None = instant(None)
    seen_at: datetime | None = instant(None)

    @property
    def by_code(self) -> bool:
        """Whether a code is sent in place of a number that they chose."""
        return self.pin is None

    @property
    def is_open(self) -> bool:
        """Neither taken back nor locked."""
        return self.revoked_at is None and self.locked_at is None


def windows_of(session: Session, ref: str) -> list[Window]:
    """Every window of a case, the newest first."""
    rows = select(Window).where(Window.case_ref == ref)
    return list(session.exec(rows.order_by(col(Window.given_at).desc(), col(Window.id).desc())))


def whose_window(session: Session, value: str, now: datetime) -> tuple[LinkSession, Window, Case, Link] | None:
    """The live session of a cookie's value, with its window and case; None for anything else."""
    found = of_cookie(session, value)
    if found is None:
        return None
    visit, window, link, case = found
    lives = visit.lives(now) and link.lives(now) and window.revoked_at is None
    return (visit, window, case, link) if lives else None


def of_cookie(session: Session, value: str) -> tuple[LinkSession, Window, Link, Case] | None:
    """The session that a cookie names, whether it lives or not: it knows which PIN to ask for."""
    query = (
        select(LinkSession, Window, Link, Case)
        .join(Link, col(Link.id) == LinkSession.link_id)
        .join(Window, col(Window.ref) == Link.subject)
        .join(Case, col(Case.ref) == Window.case_ref)
    )
    mine = query.where(LinkSession.sha256 == hashed(value), Link.purpose == LinkPurpose.PERSON_WINDOW)
    return session.exec(mine).first()


def digits(text: str) -> str:
    """The digits of what was typed, from whatever keyboard: Arabic, Persian and Urdu digits are digits too."""
    return "".join(str(unicodedata.decimal(one)) for one in text[:40] if unicodedata.decimal(one, None) is not None)


def is_easy(pin: str) -> bool:
    """Whether anybody would try it first."""
    return len(set(pin)) < 3 or pin in EASY
