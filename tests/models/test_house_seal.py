"""Secrets of the house open only where they were sealed, and still after a new master key came."""

import pytest

from models.account import Account
from models.database import Database
from models.house_seal import opened, opened_text, seal, sealed_text
from models.vault import Keyring, Unreadable
from tests.databases import KEYRING
from tests.workflows.accounts import NOW


def an_account(handle: str) -> Account:
    """A bare account."""
    return Account(staff_handle=handle, made_at=NOW, password_at=NOW)


def test_s14_a_secret_opens_in_its_row_and_column_only(database: Database) -> None:
    with database.unit_of_work() as session:
        one, other = an_account("one"), an_account("other")
        seal(session, one, totp="SECRET")
        assert b"SECRET" not in (one.totp or b"")
        assert opened(session, one, "totp") == "SECRET"
        other.totp, one.password = one.totp, one.totp
        for row, column in ((other, "totp"), (one, "password")):
            with pytest.raises(Unreadable):
                opened(session, row, column)


def test_an_older_master_key_still_opens() -> None:
    text = sealed_text(KEYRING, "purpose", ["x"])
    newer = Keyring({**KEYRING.masters, "k2": bytes(32)})
    assert opened_text(newer, "purpose", text) == ["x"]
    with pytest.raises(Unreadable):
        opened_text(KEYRING, "purpose", sealed_text(newer, "purpose", ["x"]))


@pytest.mark.parametrize("text", ["", "x", "AAAA", "é", "////", "AgJrMQ==", "Z" * 500])
def test_what_was_not_sealed_here_does_not_open(text: str) -> None:
    with pytest.raises(Unreadable):
        opened_text(KEYRING, "purpose", text)


def test_a_changed_byte_and_another_purpose_do_not_open() -> None:
    text = sealed_text(KEYRING, "purpose", 1)
    with pytest.raises(Unreadable):
        opened_text(KEYRING, "other purpose", text)
    for place in range(0, len(text) - 4, 3):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(Unreadable):
            opened_text(KEYRING, "purpose", changed)
