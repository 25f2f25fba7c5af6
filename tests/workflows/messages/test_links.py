"""Links and codes: by two channels, written down before they leave, once, in safe hours, and voided with the will."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.database import Database
from models.effect import EffectState
from models.message import MessageState
from tests.journeys.light import Light
from tests.workflows.messages.posting import Gateway, case_of, effect_of, gateway, rows
from tests.workflows.records.test_follow_up_records import arrived
from workflows.commands import Refused
from workflows.messages.links import MOST_CODES, Sent, queue, send_code, send_link
from workflows.messages.outbox import LOST, MOST_TRIES, mark, post, post_waiting
from workflows.messages.recipients import ToPartner, ToPerson

PATH, CODE = "/h/abcDEF_-123", "481516"
PARTNER = ToPartner("nadia", "ar", email="desk@nadia.example", phone="+995551234567")


@pytest.fixture(scope="module")
def servers() -> Iterator[Gateway]:
    """One gateway for all."""
    with gateway() as made:
        yield made


@pytest.fixture
def light(database: Database, servers: Gateway) -> Iterator[Light]:
    """One case with an SMS number and an e-mail address."""
    with case_of(database, servers) as made:
        yield made


def link(light: Light, to: ToPartner | ToPerson = PARTNER) -> Sent:
    """One link."""
    return send_link(light.house, light.ref, PATH, to, by="counsellor")


def refused(light: Light, sent: Sent, to: ToPartner | ToPerson) -> str:
    """Why a code is not sent."""
    with pytest.raises(Refused) as caught:
        send_code(light.house, light.ref, CODE, to, link=sent.id, by="partner:nadia")
    return caught.value.code


def test_c11_a_partners_link_goes_by_mail_and_its_code_by_sms(light: Light, servers: Gateway) -> None:
    before = len(servers.mail.mails)
    sent = link(light)
    code = send_code(light.house, light.ref, CODE, PARTNER, link=sent.id, by="partner:nadia")
    assert [(one.channel, one.state) for one in (sent, code)] == [
        ("email", MessageState.ACCEPTED), ("sms", MessageState.ACCEPTED),
    ]  # fmt: skip
    mail = servers.mail.mails[before]
    assert f"https://page.example{PATH}" in mail.text
    assert CODE not in mail.text
    text = servers.texts[-1]
    assert (text["to"], CODE in text["text"], "page.example" in text["text"]) == (PARTNER.phone, True, False)


def test_c11_a_persons_code_never_goes_where_their_link_went(light: Light, servers: Gateway) -> None:
    sent = link(light, ToPerson())
    code = send_code(light.house, light.ref, CODE, ToPerson(), link=sent.id, by="person")
    assert (sent.channel, code.channel) == ("sms", "email")
    light.say("unsafe_address", {"channel": "email", "address": "post@example.org"})
    assert refused(light, sent, ToPerson()) == "no_other_channel"
    assert refused(light, link(light), ToPartner("nadia", "ar", email="desk@nadia.example")) == "no_other_channel"


def test_s4_a_message_is_written_down_before_it_leaves_and_leaves_once(light: Light, servers: Gateway) -> None:
    before = len(servers.mail.mails)
    link(light)
    (row,) = rows(light)
    effect = effect_of(light, row)
    assert (effect.state, effect.key, row.words) == (EffectState.CONFIRMED, row.key, None)
    assert post_waiting(light.house) == 0
    assert len(servers.mail.mails) == before + 1


def test_s14_until_it_left_address_and_token_are_sealed(light: Light, tmp_path: Path) -> None:
    light.later(timedelta(hours=12))
    link(light, ToPerson())
    (row,) = rows(light)
    assert row.words is not None
    for said in (b"abcDEF_-123", b"+905551200001", b"page.example"):
        assert said not in row.words


def test_s19_a_link_waits_for_the_safe_hours_and_a_code_does_not_go_outside_them(light: Light) -> None:
    light.later(timedelta(hours=12))
    sent = link(light, ToPerson())
    assert sent.state is MessageState.WAITING
    assert refused(light, sent, ToPerson()) == "outside_safe_hours"
    light.later(timedelta(hours=3))
    assert post_waiting(light.house) == 0
    light.later(timedelta(hours=9))
    assert post_waiting(light.house) == 1
    assert rows(light)[0].state is MessageState.ACCEPTED


def test_s19_the_hours_are_those_of_the_place_once_the_person_is_there(light: Light) -> None:
    light.later(timedelta(hours=7))  # eight in the evening in Türkiye
    assert link(light, ToPerson()).state is MessageState.ACCEPTED
    arrived(light)  # ten at night in Uzbekistan
    assert link(light, ToPerson()).state is MessageState.WAITING


def test_s19_a_channel_that_turns_out_unsafe_gets_nothing_that_waits_for_it(light: Light, servers: Gateway) -> None:
    light.later(timedelta(hours=12))
    link(light, ToPerson())
    light.say("unsafe_address", {"address": "+905551200001"})
    light.later(timedelta(hours=12))
    before = len(servers.texts)
    post_waiting(light.house)
    (row,) = rows(light)
    assert (row.state, row.code, row.words) == (MessageState.FAILED, "not_safe", None)
    assert len(servers.texts) == before


def test_s6_what_waits_is_void_when_the_person_withdraws(light: Light) -> None:
    light.later(timedelta(hours=12))
    link(light, ToPerson())
    light.withdraw()
    light.later(timedelta(hours=12))
    post_waiting(light.house)
    assert effect_of(light, rows(light)[0]).state is EffectState.VOID
    assert rows(light)[0].sent_at is None


def test_g14_a_gateway_that_is_away_is_tried_for_four_hours_then_somebody_is_asked(light: Light) -> None:
    busy = ToPartner("nadia", "ar", email="busy@nadia.example")
    sent = send_link(light.house, light.ref, PATH, busy, by="counsellor")
    assert sent.state is MessageState.WAITING
    begun = light.house.clock.now()
    for _ in range(MOST_TRIES * 40):
        if rows(light)[0].state is not MessageState.WAITING:
            break
        light.later(timedelta(minutes=1))
        post_waiting(light.house)
    (row,) = rows(light)
    assert (row.state, row.code) == (MessageState.FAILED, "gave_up")
    assert timedelta(hours=3) < light.house.clock.now() - begun <= timedelta(hours=4)
    light.push()
    assert ("message_told", str(row.id)) in light.facts().asked


def test_f23_a_refused_address_fails_at_once_and_a_lost_answer_is_never_sent_again(light: Light) -> None:
    wrong = ToPartner("nadia", "ar", email="refused@nadia.example")
    assert send_link(light.house, light.ref, PATH, wrong, by="counsellor").state is MessageState.FAILED
    lost = send_link(light.house, light.ref, PATH, ToPartner("nadia", "ar", email="lostreply@nadia.example"), by="c")
    assert lost.state is MessageState.HANDING_OVER
    assert effect_of(light, rows(light)[1]).state is EffectState.UNKNOWN
    light.later(timedelta(hours=1))
    assert post_waiting(light.house) == 0


def test_f3_killed_between_the_mark_and_the_call_it_is_unknown_and_never_sent_again(
    light: Light, servers: Gateway
) -> None:
    before = len(servers.mail.mails)
    row_id = queue(light.house, light.ref, "link_partner", PARTNER, "counsellor", url="https://page.example/h/abc")
    assert mark(light.house, row_id) is not None
    assert post(light.house, row_id) is MessageState.HANDING_OVER
    light.later(LOST)
    post_waiting(light.house)
    post_waiting(light.house)
    (row,) = rows(light)
    effect = effect_of(light, row)
    assert (effect.state, effect.code, row.words) == (EffectState.UNKNOWN, "lost", None)
    assert len(servers.mail.mails) == before
    light.later(timedelta(hours=4))
    light.push()
    assert ("message_told", str(row.id)) in light.facts().asked


def test_an_address_that_cannot_be_one_fails_and_nothing_leaves(light: Light) -> None:
    odd = ToPartner("nadia", "ar", phone="12")
    assert send_link(light.house, light.ref, PATH, odd, by="counsellor").state is MessageState.FAILED


def test_codes_are_not_sent_without_end(light: Light) -> None:
    sent = link(light)
    for _ in range(MOST_CODES):
        send_code(light.house, light.ref, CODE, PARTNER, link=sent.id, by="partner:nadia")
    assert refused(light, sent, PARTNER) == "too_many_codes"
    light.later(timedelta(hours=1, seconds=1))
    send_code(light.house, light.ref, CODE, PARTNER, link=sent.id, by="partner:nadia")


def test_a_code_that_could_not_leave_in_its_ten_minutes_never_leaves(light: Light) -> None:
    busy = ToPartner("nadia", "ar", email="busy@nadia.example", phone="+995551234567")
    sent = send_link(light.house, light.ref, PATH, ToPartner("nadia", "ar", phone="+995551234567"), by="c")
    code = send_code(light.house, light.ref, CODE, busy, link=sent.id, by="partner:nadia")
    assert (code.channel, code.state) == ("email", MessageState.WAITING)
    light.later(timedelta(minutes=10))
    post_waiting(light.house)
    assert (rows(light)[1].state, rows(light)[1].code) == (MessageState.FAILED, "expired")


@pytest.mark.parametrize("path", ["h/abc", "/h/abc?name=Dilnoza", "/h/Dil noza", "//evil.example/h", "/h/../x"])
def test_s13_a_link_holds_nothing_but_its_token(light: Light, path: str) -> None:
    with pytest.raises(ValueError, match="token"):
        send_link(light.house, light.ref, path, PARTNER, by="counsellor")


def test_g14_of_forty_hand_overs_nearly_all_take_less_than_ten_seconds(light: Light) -> None:
    took = []
    for _ in range(40):
        began = time.monotonic()
        assert link(light).state is MessageState.ACCEPTED
        took.append(time.monotonic() - began)
    assert sorted(took)[37] <= 10
