"""Accounts of a demo's invented staff: one known password for all, and a second factor that the house can show."""

import base64
from datetime import datetime
from functools import cache

import pyotp
from sqlmodel import Session

from models.account import STEP_SECONDS, Account, account_of
from models.database import keyring_of
from models.house_seal import opened, seal
from models.password import hashed
from workflows.commands import Wrong

DEMO_PASSWORD = "one step at a time"  # noqa: S105  printed for everybody who tries the demo
SECRET_BYTES = 20


def enrol_demo(session: Session, handle: str, now: datetime, language: str = "en") -> None:
    """Give somebody an account with the demo's password. Their second factor: ``current_code``."""
    account = Account(staff_handle=handle, made_at=now, password_at=now, language=language)
    seal(session, account, password=demo_hash(), totp=demo_secret(session, handle))
    session.add(account)


def demo_secret(session: Session, handle: str) -> str:
    """The second factor of somebody invented: the house can work it out again."""
    key = keyring_of(session).derived(f"demo second factor {handle}")
    return base64.b32encode(key[:SECRET_BYTES]).decode()


def current_code(session: Session, handle: str, now: datetime) -> str:
    """The code that an authenticator app would show, or the next one when that is used up. Raises Wrong.

    Only for accounts that ``enrol_demo`` made: whoever enrolled by themselves has an app of their own.
    """
    account = account_of(session, handle)
    if account is None:
        raise Wrong("no_account", f"{handle} has no account: `sila staff enrol {handle}` makes a link.", "handle")
    if opened(session, account, "totp") != demo_secret(session, handle):
        raise Wrong("own_app", f"{handle} has an app of their own: the code is there.", "handle")
    step = max(int(now.timestamp()) // STEP_SECONDS, account.totp_step + 1)
    return pyotp.TOTP(demo_secret(session, handle)).generate_otp(step)


@cache
def demo_hash() -> str:
    """Made once: a dozen accounts would take seconds."""
    return hashed(DEMO_PASSWORD)
