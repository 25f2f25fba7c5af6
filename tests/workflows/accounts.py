"""Accounts for tests: somebody with a password and an app."""

from datetime import UTC, datetime

import pyotp

from models.account import Account, new_codes, new_secret
from models.database import Database
from models.house_seal import seal
from models.staff import Staff
from workflows.demo_account import DEMO_PASSWORD, demo_hash

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PASSWORD = DEMO_PASSWORD


class Somebody:
    """A member of staff with an account: what they know and what they have."""

    def __init__(self, database: Database, handle: str, *roles: str, make: bool = True) -> None:
        self.handle, self.secret = handle, new_secret()
        with database.unit_of_work() as session:
            if make:
                session.add(Staff(handle=handle, roles=list(roles)))
            account = Account(staff_handle=handle, made_at=NOW, password_at=NOW, language="en")
            seal(session, account, password=demo_hash(), totp=self.secret)
            session.add(account)
            self.codes = new_codes(session, handle, NOW)

    def code(self, at: datetime) -> str:
        """What their app shows."""
        return pyotp.TOTP(self.secret).at(at)
