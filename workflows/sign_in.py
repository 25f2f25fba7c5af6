"""Signing in: the password, then a code. Every try is written down before it is looked at.

What is refused is refused alike: an unknown name, a wrong password, a locked and a closed account get the same answer
after the same work (T14). Callers pass the machine's own time: an authenticator app knows no other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, select

from models import signed_in
from models.account import Account, account_of, use_recovery_code, use_totp
from models.database import Database
from models.house_seal import opened, opened_text, seal, sealed_text
from models.password import verified
from models.sign_in import Outcome, SignIn, note
from models.staff import Staff
from models.vault import Keyring, Unreadable

HALF_GOOD_FOR = timedelta(minutes=5)
PURPOSE = "half signed in"


@dataclass(frozen=True)
class Half:
    """Somebody whose password was right, and who has not shown a code yet."""

    handle: str
    password_at: datetime
    at: datetime

    def sealed(self, keyring: Keyring) -> str:
        """To be carried by the browser, which can neither read nor change it."""
        said = [self.handle, self.password_at.isoformat(), self.at.isoformat()]
        return sealed_text(keyring, PURPOSE, said)


def half_of(keyring: Keyring, text: str, now: datetime) -> Half | None:
    """What a browser carries, while it is good."""
    try:
        handle, password_at, at = opened_text(keyring, PURPOSE, text)
    except Unreadable:
        return None
    half = Half(handle, datetime.fromisoformat(password_at), datetime.fromisoformat(at))
    return half if now - half.at < HALF_GOOD_FOR else None


def show_password(database: Database, handle: str, password: str, network: str, now: datetime) -> Half | None:
    """The first factor. None says nothing about why."""
    row, stored = begin(database, handle, network, now)
    good, newer = verified(stored, password)
    with database.unit_of_work() as session:
        session.get_one(SignIn, row).outcome = refusal = refusal_of(session, handle, stored, good, now)
        if refusal is not Outcome.PASSWORD:
            return None
        account = account_of(session, handle)
        assert account is not None
        account.give_back()
        if newer:
            seal(session, account, password=newer)
        return Half(handle, account.password_at, now)


def begin(database: Database, handle: str, network: str, now: datetime) -> tuple[UUID, str | None]:
    """Write the try down and count it. Gives its id, and the hash to compare with; None where nobody may sign in."""
    with database.unit_of_work() as session:
        account = trying(session, handle, now)
        known = account is not None or is_known(session, handle)
        row = note(session, handle if known else None, Outcome.BEGUN, network, now)
        return row.id, opened(session, account, "password") if account else None


def trying(session: Session, handle: str, now: datetime) -> Account | None:
    """The account of somebody who may try now, with the try counted; None for anybody else."""
    account = account_of(session, handle)
    if account is None or account.is_locked(now) or not is_open(session, account):
        return None
    account.count(now)
    return account


def is_open(session: Session, account: Account) -> bool:
    """Whether the account is not closed, and its owner still works here."""
    staff = session.exec(select(Staff).where(Staff.handle == account.staff_handle)).first()
    return account.disabled_at is None and staff is not None and staff.active


def is_known(session: Session, handle: str) -> bool:
    """Whether anybody has this name."""
    return session.exec(select(Staff.id).where(Staff.handle == handle)).first() is not None


def refusal_of(session: Session, handle: str, stored: str | None, good: bool, now: datetime) -> Outcome:
    """How the first factor ended, for the audit alone."""
    account = account_of(session, handle)
    if account is None:
        return Outcome.UNKNOWN
    if not is_open(session, account):
        return Outcome.CLOSED
    if stored is None:
        return Outcome.LOCKED
    return Outcome.PASSWORD if good else Outcome.WRONG


def show_code(database: Database, half: Half, code: str, network: str, now: datetime) -> str | None:
    """The second factor: a code of the app, or a recovery code. Gives a new session's cookie value, or None."""
    with database.unit_of_work() as session:
        account = trying(session, half.handle, now)
        if account is None or account.password_at != half.password_at:
            note(session, half.handle, Outcome.LOCKED, network, now)
            return None
        outcome = used(session, account, code, now)
        note(session, half.handle, outcome or Outcome.WRONG_CODE, network, now)
        if outcome is None:
            return None
        account.clear()
        return signed_in.begin(session, half.handle, now, account.language, only_password=account.must_change)


def used(session: Session, account: Account, code: str, now: datetime) -> Outcome | None:
    """What kind of code this was, if it is good; it is used up."""
    if use_totp(session, account, "".join(code.split()), now):
        return Outcome.SIGNED_IN
    return Outcome.RECOVERED if use_recovery_code(session, account.staff_handle, code, now) else None


@dataclass(frozen=True)
class Shown:
    """A code that was used up, and how the account stood before."""

    handle: str
    step: int
    before: int
    failed: int
    password_at: datetime


def step_up(database: Database, row: UUID, code: str, network: str, now: datetime) -> bool:
    """Show the second factor once more, before a sensitive act (ASVS 7.5.3). False says nothing about why."""
    with database.unit_of_work() as session:
        signed = session.get_one(signed_in.SignedIn, row)
        good = proved(session, signed.staff_handle, code, network, now) is not None
        signed.proved_at = now if good else signed.proved_at
        return good


def prove(database: Database, handle: str, code: str, network: str, now: datetime) -> Shown | None:
    """The same for whoever comes with a key and has no session. None says nothing about why."""
    with database.unit_of_work() as session:
        return proved(session, handle, code, network, now)


def proved(session: Session, handle: str, code: str, network: str, now: datetime) -> Shown | None:
    """A code of the app that is right; it is used up, a wrong one counts to the lock-out, and both are noted."""
    account = trying(session, handle, now)
    before = (account.totp_step, account.failed - 1) if account else (0, 0)
    good = account is not None and use_totp(session, account, "".join(code.split()), now)
    note(session, handle, Outcome.STEPPED_UP if good else Outcome.WRONG_CODE, network, now)
    if account is None or not good:
        return None
    account.clear()
    return Shown(handle, account.totp_step, *before, account.password_at)


def give_back(database: Database, shown: Shown, network: str, now: datetime) -> None:
    """The act was refused and nothing was done: its code is good for another. What was guessed before counts again.

    Not when a later code was shown meanwhile, or the account was made anew.
    """
    with database.unit_of_work() as session:
        account = account_of(session, shown.handle)
        if account and (account.totp_step, account.password_at) == (shown.step, shown.password_at):
            account.totp_step, account.failed = shown.before, account.failed + shown.failed
            note(session, shown.handle, Outcome.GIVEN_BACK, network, now)
