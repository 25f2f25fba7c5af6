"""What the provider says of a message, over real sockets: kept, never backwards, and the next channel where it failed."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select

from api.cli.cast import Life
from models.effect import Effect, EffectState
from models.inbound import Inbound
from models.message import Message, MessageState
from models.person import Contact
from models.queries.messages import in_vain, messages_of, replies_of, waiting
from models.stage import Role
from tests import databases
from tests.journeys.house import BEGIN, Living, living
from workflows.duties import duties
from workflows.inbox import receive, understand, unread

MAIL = {"channel": "email", "address": "post@example.org", "from_hour": 0, "to_hour": 24, "preference": 2}
NEVER, UNDELIVERED, LOST, REFUSED = "+905550000009", "+905550000006", "+905550000408", "+905550000404"
BUSY, GOOD = "+905550000503", "+905551200077"


NUMBERS = {"good": GOOD, "never": NEVER, "undelivered": UNDELIVERED, "lost": LOST, "refused": REFUSED, "busy": BUSY}


class Seen:
    """What was known of everybody at an instant."""

    def __init__(self, house: Living) -> None:
        self.states = {life.story: states(house, life.story) for life in house.lives.values()}
        self.told = {life.story: told(house, life.story) for life in house.lives.values()}
        with house.house.database.reading() as session:
            self.waiting = [(one.ref, one.state, one.next_try_at is not None) for one in waiting(session)]
            self.in_vain = [one.channel for one in in_vain(session, BEGIN)]


Times = tuple[Living, Seen, Seen, Seen]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, database_server: str | None) -> Iterator[Times]:
    """Six people with a number each that behaves in its own way and an e-mail, and a seventh without an e-mail.

    All of them have been invited to an examination. What was seen when the gateway had said what there was to say at
    once, after some minutes, and after hours.
    """
    folder = Path(tmp_path_factory.mktemp("delivery"))
    with databases.fresh(folder, database_server) as database, living(database) as everybody:
        everybody.unanswered = {"message_told", "reply_read", "effect_outcome"}
        for name, number in NUMBERS.items():
            somebody(everybody, name, number, mail=True)
        somebody(everybody, "alone", UNDELIVERED, mail=False)
        while any(not messages(everybody, name) for name in (*NUMBERS, "alone")):
            assert everybody.step()
        settle(everybody)
        first = Seen(everybody)
        everybody.to(everybody.clock.now() + timedelta(minutes=6))
        settle(everybody)
        settle(everybody)
        soon = Seen(everybody)
        everybody.to(everybody.clock.now() + timedelta(hours=4))
        settle(everybody)
        yield everybody, first, soon, Seen(everybody)


def somebody(house: Living, name: str, number: str, *, mail: bool) -> None:
    """A case whose first channel is a number."""
    life = Life(name, "stays", "GE", "Kutaisi", name.title(), f"{name.title()}adze", name)
    ref = house.begin(life, len(house.lives) + 1)
    with house.house.database.reading() as session:
        first = session.exec(select(Contact).where(Contact.case_id == house.case(ref).id)).one()
    new = {"channel": "sms", "address": number, "from_hour": 0, "to_hour": 24}
    house.say(ref, "contact_change", {"contact": new, "replaces": str(first.id), "how": "in_person"}, Role.COUNSELLOR)
    if mail:
        house.say(ref, "contact_change", {"contact": MAIL, "how": "in_person"}, Role.COUNSELLOR)


def ref_of(house: Living, name: str) -> str:
    """The case of somebody."""
    return next(ref for ref, life in house.lives.items() if life.story == name)


def settle(house: Living) -> None:
    """Until the gateway has nothing left to say and we have heard it."""
    until = time.monotonic() + 10
    while house.simulators.pending():
        assert time.monotonic() < until
        time.sleep(0.05)
    house.push()


def messages(house: Living, name: str) -> list[Any]:
    """The messages to somebody, the oldest first."""
    with house.house.database.reading() as session:
        return messages_of(session, house.case(ref_of(house, name)).id)[::-1]


def states(house: Living, name: str) -> list[tuple[str, str]]:
    """By which channel, and how far."""
    return [(one.channel, one.state) for one in messages(house, name)]


def told(house: Living, name: str) -> bool:
    """Whether a counsellor is asked to tell the person themselves."""
    facts = house.facts(ref_of(house, name))
    return any(one.asking.question == "message_told" and one.is_open(facts.now) for one in duties(facts))


def test_what_the_provider_says_is_kept_with_the_message_and_shown(lived: Times) -> None:
    house, first, _, _ = lived
    assert first.states["good"] == [("sms", "delivered")]
    assert first.states["never"] == [("sms", "accepted")]
    assert set(first.in_vain) == {"sms"}
    assert first.waiting == [(ref_of(house, "busy"), "waiting", True)]


def test_f23_an_sms_that_is_not_delivered_goes_by_the_next_channel_at_once(lived: Times) -> None:
    _, first, _, _ = lived
    assert first.states["undelivered"] == [("sms", "undelivered"), ("email", "accepted")]
    assert (first.told["undelivered"], first.told["alone"]) == (False, True)


def test_f23_a_refused_number_goes_by_the_next_channel_at_once(lived: Times) -> None:
    assert lived[1].states["refused"] == [("sms", "failed"), ("email", "accepted")]


def test_s4_a_lost_answer_is_learned_from_the_notice_and_nothing_is_sent_twice(lived: Times) -> None:
    house, first, _, last = lived
    assert first.states["lost"] == last.states["lost"] == [("sms", "delivered")]
    with house.house.database.reading() as session:
        row = session.exec(select(Message).where(Message.case_id == house.case(ref_of(house, "lost")).id)).one()
        effect = session.get_one(Effect, row.effect_id)
    assert (effect.state, bool(effect.reference)) == (EffectState.CONFIRMED, True)
    sent = [one for one in house.simulators.truth()["sms"]["messages"] if one["to"] == LOST]
    assert [one["key"] for one in sent] == [row.key]


def test_g14_a_gateway_that_is_away_is_tried_again_by_the_same_row(lived: Times) -> None:
    _, _, soon, _ = lived
    assert soon.states["busy"] == [("sms", "delivered")]
    assert soon.waiting == []


def test_f23_an_sms_of_which_nothing_is_heard_goes_by_the_next_channel_after_four_hours(lived: Times) -> None:
    _, _, soon, last = lived
    assert soon.states["never"] == [("sms", "accepted")]
    assert last.states["never"] == [("sms", "accepted"), ("email", "accepted")]
    assert last.states["good"] == [("sms", "delivered")]


def test_f23_a_notice_of_a_message_that_is_not_ours_changes_nothing_and_is_not_asked_for_ever(lived: Times) -> None:
    house = lived[0]
    form = {"MessageSid": "SM404", "MessageStatus": "undelivered"}
    stored, _ = receive(house.house, "messaging", "x", json.dumps({"form": form, "key": "0" * 64}))
    assert understand(house.house, stored) is None
    house.clock.at += timedelta(minutes=16)
    understand(house.house, stored)
    with house.house.database.reading() as session:
        assert session.get_one(Inbound, stored).result == "no_message"


def test_s16_a_late_word_moves_nothing_back(lived: Times) -> None:
    house = lived[0]
    (row,) = messages(house, "good")
    with house.house.database.reading() as session:
        key = session.get_one(Message, row.id).key
    for word in ("sent", "queued", "undelivered"):
        form = {"MessageSid": "SM1", "MessageStatus": word}
        stored, _ = receive(house.house, "messaging", f"late-{word}", json.dumps({"form": form, "key": key}))
        understand(house.house, stored)
    assert states(house, "good") == [("sms", MessageState.DELIVERED.value)]


def test_what_somebody_writes_back_comes_through_the_door_into_their_case(lived: Times) -> None:
    house = lived[0]
    url = house.simulators.urls["sms"]
    for sender in (GOOD, "+905559876543"):
        httpx.post(f"{url}/_sim/inbound", json={"from": sender, "text": "۲"}, trust_env=False).raise_for_status()
    settle(house)
    assert house.simulators.truth()["sms"]["given_up"] == []
    with house.house.database.reading() as session:
        (reply,) = replies_of(session, house.case(ref_of(house, "good")).id)
        waits = [row.trouble for row in unread(session)]
    assert (reply.meaning, waits) == ("call_me", ["unknown_sender"])
