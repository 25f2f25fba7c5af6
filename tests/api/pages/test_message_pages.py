"""The pages of messages: the fuse and its release, and what nobody could understand."""

import json
from uuid import uuid4

import pytest

from models.database import Database
from models.message import MessageFuse
from models.stage import Role
from tests.api.pages.browser import NOW, Browser, served
from workflows.inbox import receive, understand

TEXT = "They took my phone <b>help</b>"


def wrote(browser: Browser) -> None:
    """Somebody writes from a phone that nobody knows."""
    form = {"MessageSid": f"SM{uuid4().hex}", "From": "+905559876543", "Body": TEXT}
    stored, _ = receive(browser.house, "messaging", form["MessageSid"], json.dumps({"form": form, "key": None}))
    understand(browser.house, stored)


def test_a_supervisor_lets_held_messages_leave_and_nobody_else_can(database: Database) -> None:
    with served(database) as browser:
        with database.unit_of_work() as session:
            session.add(MessageFuse(blown_at=NOW, counted=512, most=500))
        board = browser.sign_in("operations").get("/operations/messages")
        assert "512" in board.text
        assert "/operations/messages/release" not in board.text
        board = browser.sign_in("supervisor", "tr").get("/operations/messages")
        assert "bekletiliyor" in board.text
        assert "olağan" in browser.submit(board, "/operations/messages/release").text


def test_what_nobody_could_understand_is_listed_read_and_settled(database: Database) -> None:
    with served(database) as browser:
        wrote(browser)
        board = browser.sign_in("protection_officer").get("/letters")
        assert "nobody" in board.text
        assert "phone" not in board.text.lower().replace("telephone", "")
        letter = browser.submit(board, "/read$")
        assert "They took my phone &lt;b&gt;help&lt;/b&gt;" in letter.text
        assert "Nothing waits" in browser.submit(letter, "/settled$").text


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.OPERATIONS, Role.RECEIVING_PARTNER, Role.AUDITOR])
def test_nobody_else_reads_letters(database: Database, role: Role) -> None:
    with served(database) as browser:
        wrote(browser)
        assert browser.sign_in(role.value).get("/letters").status_code == 403
