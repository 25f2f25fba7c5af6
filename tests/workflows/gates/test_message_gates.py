"""Which channel is next, when a message counts as in vain, and in whose hours the next try goes (S19, F23)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import DAY, NOW, RULES, a_channel, an_effect, facts
from workflows import facts as f
from workflows.duties import messages
from workflows.facts import Delivery, Facts
from workflows.facts.contact import Contact
from workflows.gates.message import goes_again, hours_of, in_vain_at, next_channel
from workflows.patience import message
from workflows.standing import Doing, Standing, Waiting, reason_of, say

KIND, WAIT = "send_travel_day", RULES.time("delivery")
SMS, MAIL = a_channel(), a_channel(id="c2", kind="email", from_hour=12, to_hour=20)
SECOND = a_channel(id="c3", kind="sms")


def sent(number: int = 1, **over: Any) -> Delivery:
    """A try that nothing was heard of yet."""
    known: dict[str, Any] = {
        "id": f"m{number}", "kind": KIND, "subject": "b1", "generation": number, "channel": "sms",
        "same": frozenset({"c1"}), "state": "accepted", "at": NOW - timedelta(minutes=5),
    }  # fmt: skip
    return Delivery(**{**known, **over})


def after(*tries: Delivery, channels: tuple[f.Channel, ...] = (SMS, MAIL), **over: Any) -> Facts:
    """The facts after some tries, each with its row in the ledger."""
    effects = tuple(an_effect(id=one.id, action=KIND, subject="b1", generation=one.generation) for one in tries)
    known: dict[str, Any] = {"effects": effects, "contact": Contact(deliveries=tries), "intake": f.Intake(channels)}
    return facts(**{**known, **over})


def stands(known: Facts) -> Standing | None:
    """What the message does."""
    return message(known, KIND, "b1", say("departure.tell"))


@pytest.mark.parametrize("state", ["failed", "undelivered"])
def test_f23_what_failed_goes_by_the_next_channel_at_once(state: str) -> None:
    known = after(sent(state=state), now=NOW.replace(hour=11))
    assert isinstance(standing := stands(known), Doing)
    assert (standing.generation, next_channel(known, KIND, "b1")) == (2, MAIL)


@pytest.mark.parametrize(("state", "channel", "end"), [
    ("delivered", "sms", None), ("delivered", "email", None), ("accepted", "email", None), ("void", "sms", None),
    ("accepted", "sms", WAIT), ("sent", "sms", WAIT), ("unknown", "sms", WAIT), ("unknown", "email", WAIT),
    ("handing_over", "email", WAIT), ("failed", "email", timedelta()), ("undelivered", "sms", timedelta()),
])  # fmt: skip
def test_f23_when_a_message_counts_as_in_vain(state: str, channel: str, end: timedelta | None) -> None:
    one = sent(state=state, channel=channel)
    assert in_vain_at(facts(), one) == (None if end is None else one.at + end)


def test_s18_an_sms_of_which_nothing_is_heard_goes_again_at_its_instant_and_not_before() -> None:
    at = NOW.replace(hour=10)
    one = sent(at=at - WAIT)
    assert goes_again(after(one, now=at), KIND, "b1")
    assert not goes_again(after(one, now=at - timedelta(seconds=1)), KIND, "b1")


def test_s19_the_next_try_keeps_to_the_hours_of_its_own_channel() -> None:
    morning = NOW.replace(hour=6)
    known = after(sent(state="failed", at=morning - timedelta(hours=1)), now=morning)
    assert hours_of(known, KIND, "b1") == ("Europe/Istanbul", 12, 20)
    assert isinstance(standing := stands(known), Waiting)
    assert reason_of(standing).code == "message.safe_hours"


def test_s19_no_try_goes_to_an_address_twice_nor_to_one_that_is_stale_or_gone() -> None:
    again = a_channel(id="c1b")
    same = sent(state="failed", same=frozenset({"c1", "c1b"}))
    assert next_channel(after(same, channels=(SMS, again)), KIND, "b1") is None
    stale = a_channel(id="c2", verified_at=NOW - RULES.time("contact_confirmed"))
    spoken = a_channel(id="c4", messages=False)
    somebody_else = a_channel(id="c5", person="0190b6a0-0000-7000-8000-000000000002")
    known = after(sent(state="failed"), channels=(SMS, stale, spoken, somebody_else))
    assert next_channel(known, KIND, "b1") is None
    assert stands(known) is None


def test_f23_what_may_have_arrived_is_sent_once_more_and_no_oftener() -> None:
    first, second = sent(at=NOW - DAY), sent(2, at=NOW - DAY / 2, same=frozenset({"c2"}))
    known = after(first, second, channels=(SMS, MAIL, SECOND))
    assert next_channel(known, KIND, "b1") is None
    failed = after(sent(state="failed"), sent(2, state="failed", same=frozenset({"c2"})), channels=(SMS, MAIL, SECOND))
    assert next_channel(failed, KIND, "b1") == SECOND


def test_a_try_that_waits_for_the_gateway_keeps_its_channel() -> None:
    waits = sent(2, state="handing_over", same=frozenset({"c2"}))
    assert next_channel(after(sent(state="failed"), waits), KIND, "b1", before=2) == MAIL


def told(known: Facts) -> list[tuple[str, bool]]:
    """Which messages a counsellor must tell themselves, and whether at once."""
    return [(one.asking.subject, one.is_open(known.now)) for one in messages.untold(known)]


def test_g14_a_person_is_asked_when_no_channel_is_left_and_not_before() -> None:
    assert told(after(sent(state="failed"))) == []
    assert told(after(sent(state="failed"), channels=(SMS,))) == [("m1", True)]
    assert told(after(sent(), channels=(SMS,))) == [("m1", False)]
    assert told(after(sent(state="failed", told=True), channels=(SMS,))) == []
    assert told(after(sent(state="delivered"), channels=(SMS,))) == []


def test_a_check_in_that_fails_is_the_business_of_follow_up() -> None:
    one = sent(kind="send_check_in", state="failed")
    assert told(after(one, channels=(SMS,))) == []
    assert not goes_again(after(one), "send_check_in", "b1")
