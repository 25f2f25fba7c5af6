"""Too many messages at once: none leaves any more, operations see it, a supervisor lets them go; batches are spread."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from models.database import Database
from models.effect import EffectState
from models.event import Event, verify
from models.message import Message, MessageState
from models.queries.messages import fuse as live
from models.stage import Role, Stage
from tests.factories import RULES, facts
from tests.journeys.light import Light
from tests.workflows.messages.posting import Gateway, case_of, effect_of, gateway, rows
from tests.workflows.records.test_follow_up_records import arrived
from workflows.advance import advance
from workflows.commands import NotAllowed
from workflows.messages import fuse
from workflows.messages.links import send_code, send_link
from workflows.messages.outbox import post_waiting
from workflows.messages.recipients import ToPartner
from workflows.patience import message, next_safe_instant
from workflows.standing import Waiting, reason_of, say

MOST = int(RULES.number("fuse_messages"))
PARTNER = ToPartner("nadia", "ar", email="desk@nadia.example", phone="+995551234567")


@pytest.fixture(scope="module")
def servers() -> Iterator[Gateway]:
    """One gateway for all."""
    with gateway() as made:
        yield made


@pytest.fixture
def light(database: Database, servers: Gateway) -> Iterator[Light]:
    """One case."""
    with case_of(database, servers) as made:
        yield made


def sent_before(light: Light, count: int, ago: timedelta = timedelta(minutes=5)) -> None:
    """So many messages have left."""
    case, then = light.case(), light.house.clock.now() - ago
    with light.house.database.unit_of_work() as session:
        session.add_all(
            Message(case_id=case.id, at=then, by="x", journey=1, effect_id=uuid4(), key=uuid4().hex, kind="send_check_in",
                    channel="sms", changed_at=then, sent_at=then, state=MessageState.DELIVERED)
            for _ in range(count)
        )  # fmt: skip


def link(light: Light) -> MessageState:
    """How far a link gets."""
    return send_link(light.house, light.ref, "/h/abc", PARTNER, by="counsellor").state


def is_live(light: Light) -> bool:
    """Whether messages are held."""
    with light.house.database.reading() as session:
        return live(session) is not None


def test_the_message_that_is_one_too_many_stays_and_so_does_every_other(light: Light) -> None:
    sent_before(light, MOST - 1)
    assert link(light) is MessageState.ACCEPTED
    assert not is_live(light)
    assert link(light) is MessageState.WAITING
    assert is_live(light)
    light.later(timedelta(hours=2))
    assert post_waiting(light.house) == 1
    assert link(light) is MessageState.WAITING


def test_what_left_before_the_window_does_not_count(light: Light) -> None:
    sent_before(light, MOST, RULES.time("fuse_window") + timedelta(minutes=1))
    assert link(light) is MessageState.ACCEPTED


def test_operations_see_it_and_only_a_supervisor_lets_messages_leave_again(light: Light) -> None:
    sent_before(light, MOST)
    link(light)
    with light.house.database.reading() as session:
        kinds = session.exec(select(Event.kind).where(Event.subject == fuse.CHAIN)).all()
    assert kinds == ["messages.fuse_blown"]
    for role in (Role.COUNSELLOR, Role.OPERATIONS):
        with pytest.raises(NotAllowed):
            fuse.release(light.house, light.staff(role))
    assert fuse.release(light.house, light.staff(Role.SUPERVISOR)) == 1
    light.later(fuse.SPREAD)
    assert post_waiting(light.house) == 1
    newest = max((row for row in rows(light) if row.kind == "link_partner"), key=lambda row: row.id)
    assert newest.state is MessageState.ACCEPTED
    assert fuse.release(light.house, light.staff(Role.SUPERVISOR)) == 0
    with light.house.database.reading() as session:
        assert verify(session)[1] == []


def test_a_code_that_somebody_waits_for_is_neither_held_nor_counted(light: Light) -> None:
    sent_before(light, MOST)
    assert link(light) is MessageState.WAITING
    code = send_code(light.house, light.ref, "481516", PARTNER, by="partner:nadia")
    assert (code.channel, code.state) == ("sms", MessageState.ACCEPTED)


def test_a_stage_waits_while_the_fuse_holds_and_sends_once_it_is_released(light: Light, servers: Gateway) -> None:
    light.say("screening", {"suspicion": False, "vulnerable": False})
    arrived(light)
    sent_before(light, MOST)
    before = len(servers.texts)
    standings = advance(light.house, light.ref)
    assert standings is not None
    assert reason_of(standings[Stage.FOLLOW_UP]).code == "message.held"
    assert len(servers.texts) == before
    fuse.release(light.house, light.staff(Role.SUPERVISOR))
    light.later(fuse.SPREAD)
    advance(light.house, light.ref)
    (row,) = [row for row in rows(light) if row.by == "sila"]
    effect = effect_of(light, row)
    assert (row.state, effect.state, effect.attempts) == (MessageState.ACCEPTED, EffectState.CONFIRMED, 0)
    assert len(servers.texts) == before + 1


def opening(ref: str, subject: str = "1") -> datetime:
    """When a message that waits for the morning leaves."""
    night = facts().now.replace(hour=22)
    known = facts(now=night, ref=ref, contact_hours=("Europe/Istanbul", 9, 19), effects=())
    standing = message(known, "invite_to_examination", subject, say("health.invite"))
    assert isinstance(standing, Waiting)
    assert reason_of(standing).code == "message.safe_hours"
    return standing.until


def test_t16_what_waits_for_the_morning_leaves_at_many_instants_and_each_is_always_the_same() -> None:
    opens = next_safe_instant(facts().now.replace(hour=22), ("Europe/Istanbul", 9, 19))
    instants = [opening(f"C-{number:010}") for number in range(50)]
    assert len(set(instants)) > 40
    assert all(opens <= at < opens + RULES.time("message_spread") for at in instants)
    assert instants == [opening(f"C-{number:010}") for number in range(50)]
