"""The pages of messages: the fuse and its release, and what nobody could understand."""

import json
from uuid import uuid4

import pytest
from sqlmodel import select

from api.cli.cast import case_of, people
from models.case import Case
from models.database import Database
from models.effect import Effect, EffectState
from models.message import Message, MessageFuse, MessageState
from models.staff import Staff
from models.stage import Role, Stage
from tests.api.pages.browser import NOW, Browser, served
from workflows.advance import advance
from workflows.inbox import receive, understand
from workflows.inputs import CaseIn
from workflows.open_case import open_case

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


def replied(browser: Browser) -> str:
    """A case whose person wrote something in their own words. Gives its reference."""
    said = CaseIn.model_validate(case_of(people()[0], 1, NOW.date()))
    ref = open_case(browser.house, said, Staff(handle="counsellor", roles=["counsellor"]))
    form = {"MessageSid": "SM1", "From": said.contact.address if said.contact else "", "Body": TEXT}
    stored, _ = receive(browser.house, "messaging", "SM1", json.dumps({"form": form, "key": None}))
    understand(browser.house, stored)
    return ref


def test_a_counsellor_reads_what_their_client_wrote_and_says_that_it_is_done(database: Database) -> None:
    with served(database) as browser:
        ref = replied(browser)
        board = browser.sign_in("counsellor", "tr").get(f"/cases/{ref}/messages")
        assert "okunmalı" in board.text
        assert "They took" not in board.text
        reply = browser.submit(board, "/read$")
        assert "They took my phone &lt;b&gt;help&lt;/b&gt;" in reply.text
        done = browser.submit(reply, "/done$")
        assert "okunmalı" not in done.text
        assert "okundu" in done.text


def test_t2_somebody_without_a_part_in_the_case_does_not_find_its_messages(database: Database) -> None:
    with served(database) as browser:
        ref = replied(browser)
        with database.unit_of_work() as session:
            session.add(Staff(handle="another", roles=[Role.COUNSELLOR.value]))
        assert browser.sign_in("another").get(f"/cases/{ref}/messages").status_code == 404


def test_what_no_message_could_tell_a_counsellor_tells(database: Database) -> None:
    with served(database) as browser:
        ref = replied(browser)
        with database.unit_of_work() as session:
            case = session.exec(select(Case).where(Case.ref == ref)).one()
            effect = Effect(
                case_id=case.id, at=NOW, by="x", journey=1, stage=Stage.HEALTH, action="send_travel_day", subject="1",
                key="k" * 64, on_behalf_of="counsellor", state=EffectState.CONFIRMED,
            )  # fmt: skip
            row = Message(
                case_id=case.id, at=NOW, by="x", journey=1, effect_id=effect.id, key=effect.key,
                kind="link_partner", channel="sms", recipient="partner:nadia", changed_at=NOW, sent_at=NOW,
                state=MessageState.UNDELIVERED,
            )  # fmt: skip
            session.add_all([effect, row])
        assert "I have told" not in browser.sign_in("counsellor").get(f"/cases/{ref}/messages").text
        advance(browser.house, ref)
        board = browser.get(f"/cases/{ref}/messages")
        told = browser.submit(board, "/told$").text
        assert "told in another way" in told
        assert "I have told" not in told
