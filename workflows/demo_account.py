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
    key = keyring_of(session).derived(f"demo second factor {handle}")
    seal(session, account, password=demo_hash(), totp=base64.b32encode(key[:SECRET_BYTES]).decode())
    session.add(account)


def current_code(session: Session, handle: str, now: datetime) -> str:
    """The code that an authenticator app would show, or the next one when that is used up. Raises Wrong."""
    account = account_of(session, handle)
    if account is None:
        raise Wrong("no_account", f"{handle} has no account: `sila staff enrol {handle}` makes a link.", "handle")
    step = max(int(now.timestamp()) // STEP_SECONDS, account.totp_step + 1)
    return pyotp.TOTP(opened(session, account, "totp")).generate_otp(step)


@cache
def demo_hash() -> str:
    """Made once: a dozen accounts would take seconds."""
    return hashed(DEMO_PASSWORD)
