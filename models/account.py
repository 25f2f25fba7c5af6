"""Accounts: how a member of staff shows who they are. One account a handle.

The hash of the password and the secret of the second factor are sealed by the house, so that a stolen database alone
lets nobody guess either.
"""

import hmac
import secrets
from datetime import datetime, timedelta

import pyotp
from sqlmodel import Session, col, delete, select

from models.base import REF_LETTERS, Record, instant, plain
from models.database import keyring_of
from models.house_seal import house_sealed, opened
from models.vault import blind_index

FREE_TRIES = 5  # then each further failure doubles the wait (ASVS 6.3.1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)
STEP_SECONDS = 30
CODES, CODE_LETTERS = 10, 10


class Account(Record, table=True):
    """How somebody signs in. ``failed``: tries since the last one that was good; ``totp_step``: the last one used.

    ``subject``: the fingerprint of an organisation's mark for them, where its provider signs them in.
    """

    __tablename__ = "accounts"

    staff_handle: str = plain(max_length=60, unique=True)
    password: bytes | None = house_sealed()
    totp: bytes | None = house_sealed()
    totp_step: int = plain(0)
    failed: int = plain(0)
    locked_until: datetime | None = instant(None)
    must_change: bool = plain(False)
    language: str = plain("tr", max_length=3)
    made_at: datetime = instant()
    password_at: datetime = instant()
    disabled_at: datetime | None = instant(None)
    subject: str | None = plain(None, max_length=64, unique=True)

    def is_locked(self, now: datetime) -> bool:
        """Whether a try would be refused unheard."""
        return self.locked_until is not None and now < self.locked_until

    def count(self, now: datetime) -> None:
        """One more try, counted before it is looked at, so that many at once are no more than many in turn."""
        self.failed += 1
        over = self.failed - FREE_TRIES
        self.locked_until = now + min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else None

    def give_back(self) -> None:
        """The try was good so far: as if it had not been counted."""
        self.failed, self.locked_until = max(self.failed - 1, 0), None

    def clear(self) -> None:
        """Signed in, or unlocked by an administrator."""
        self.failed, self.locked_until = 0, None


class RecoveryCode(Record, table=True):
    """One code for the day the phone is lost; only its keyed fingerprint is kept."""

    __tablename__ = "recovery_codes"

    staff_handle: str = plain(max_length=60, index=True)
    fingerprint: str = plain(max_length=32)
    made_at: datetime = instant()
    used_at: datetime | None = instant(None)


def account_of(session: Session, handle: str) -> Account | None:
    """Somebody's account, held until the transaction ends where the database can."""
    return session.exec(select(Account).where(Account.staff_handle == handle).with_for_update()).first()


def new_secret() -> str:
    """A secret for an authenticator app: 160 random bits."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """The step that a code belongs to, a half minute either way, and later than the last used one; else None.

    ``at`` is the machine's own time: an authenticator app knows no other.
    """
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    right = (step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(step), code))
    return next((step for step in right if step > after), None)


def use_totp(session: Session, account: Account, code: str, at: datetime) -> bool:
    """Whether a code is right now; it is used up by that, and so are all before it (ASVS 6.5.1)."""
    secret: str | None = opened(session, account, "totp")
    step = step_of(secret, code, at, account.totp_step) if secret else None
    if step is not None:
        account.totp_step = step
    return step is not None


def new_codes(session: Session, handle: str, now: datetime) -> list[str]:
    """Ten recovery codes in place of those before, shown this once: 50 random bits each."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.staff_handle) == handle))
    letters = ["".join(secrets.choice(REF_LETTERS) for _ in range(CODE_LETTERS)) for _ in range(CODES)]
    for one in letters:
        session.add(RecoveryCode(staff_handle=handle, fingerprint=fingerprint(session, handle, one), made_at=now))
    return [f"{one[:5]}-{one[5:]}" for one in letters]


def use_recovery_code(session: Session, handle: str, code: str, now: datetime) -> bool:
    """Whether a recovery code is somebody's and unused; it is used up by that."""
    letters = "".join(code.split()).replace("-", "").upper()
    query = select(RecoveryCode).where(
        RecoveryCode.staff_handle == handle, RecoveryCode.fingerprint == fingerprint(session, handle, letters)
    )
    row = session.exec(query.where(col(RecoveryCode.used_at).is_(None)).with_for_update()).first()
    if row is not None:
        row.used_at = now
    return row is not None


def fingerprint(session: Session, handle: str, letters: str) -> str:
    """What is kept of a recovery code."""
    return blind_index(keyring_of(session), "recovery code", handle, letters)
