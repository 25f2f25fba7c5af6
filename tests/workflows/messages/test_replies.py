"""What somebody writes back: a check-in, a call for help, a stop, a duress word, or something a person must read."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from api.cli.cast import Life, case_of
from models.database import Database
from models.effect import Effect, EffectState
from models.event import Event
from models.follow_up import CheckIn
from models.inbound import Inbound
from models.incident import Incident, IncidentKind
from models.message import Reply
from models.person import ContactWord
from models.stage import Role
from tests.journeys.light import Light
from tests.workflows.records.test_follow_up_records import arrived
from workflows.commands import NotAllowed
from workflows.duties import duties
from workflows.gates.message import usable
from workflows.inbox import receive, understand
from workflows.messages.answers import CALL_ME, OTHER
from workflows.replies import read_reply
from workflows.standing import Duty

NUMBER, WORD, DURESS = "+905551200001", "mavi kapı", "yeşil bahçe"
MAIL = {"channel": "email", "address": "post@example.org", "from_hour": 0, "to_hour": 24, "preference": 2}


@pytest.fixture
def light(database: Database) -> Light:
    """Somebody who went home ten days ago and was asked how they are."""
    return asked(Light(database))


def asked(light: Light, *, victim: bool = False) -> Light:
    """The check-in of the first week is out."""
    light.say("screening", {"suspicion": victim, "vulnerable": False})
    light.say("code_word", {"word": WORD, "duress": DURESS})
    arrived(light)
    light.push()
    with light.house.database.unit_of_work() as session:
        effect = session.exec(select(Effect).where(Effect.action == "send_check_in")).one()
        effect.state, effect.sent_at = EffectState.CONFIRMED, light.house.clock.now()
    return light


def write(light: Light, text: str, sender: str = NUMBER) -> Inbound:
    """An SMS reaches the door, once."""
    form = {"MessageSid": f"SM{uuid4().hex}", "From": sender, "Body": text}
    stored, is_new = receive(light.house, "messaging", form["MessageSid"], json.dumps({"form": form, "key": None}))
    assert is_new
    understand(light.house, stored)
    with light.house.database.reading() as session:
        return session.get_one(Inbound, stored)


def all_of(light: Light, kind: Any) -> list[Any]:
    """Every row of a kind."""
    with light.house.database.reading() as session:
        return list(session.exec(select(kind)).all())


def open_duties(light: Light) -> list[Duty]:
    """What must be seen to now."""
    facts = light.facts()
    return [duty for duty in duties(facts) if duty.is_open(facts.now)]


def codes(light: Light) -> set[str]:
    """Why."""
    return {duty.asking.why.code for duty in open_duties(light)}


@pytest.mark.parametrize("text", ["1", "١", "İyiyim", "خوبم", "Всё хорошо"])
def test_a_check_in_is_answered_by_sms(light: Light, text: str) -> None:
    stored = write(light, text)
    assert (stored.result, stored.trouble) == ("reply", None)
    (row,) = all_of(light, CheckIn)
    assert (row.point, row.reached, row.by) == ("week_1", True, "person")
    assert light.facts().check_ins[0].safe is True
    assert "message.reply" not in codes(light)


def test_a_victims_one_is_taken_and_a_counsellor_looks_at_it(database: Database) -> None:
    victim = asked(Light(database), victim=True)
    write(victim, "1")
    assert len(all_of(victim, CheckIn)) == 1
    assert "message.reply" in codes(victim)


def test_not_safe_goes_to_a_protection_officer_at_once(light: Light) -> None:
    write(light, "3")
    assert light.facts().check_ins[0].safe is False
    assert ("follow_up.unsafe", Role.PROTECTION_OFFICER) in {
        (duty.asking.why.code, duty.asking.role) for duty in open_duties(light)
    }


@pytest.mark.parametrize(("text", "meaning"), [("2", CALL_ME), ("beni arayın", CALL_ME), ("They took my phone", OTHER)])
def test_whatever_needs_a_person_is_read_by_one(light: Light, text: str, meaning: str) -> None:
    write(light, text)
    (row,) = all_of(light, Reply)
    assert (row.meaning, all_of(light, CheckIn)) == (meaning, [])
    assert len(text) < 3 or text.encode() not in (row.text or b"")  # a digit may stand in any ciphertext
    (duty,) = [one for one in open_duties(light) if one.asking.question == "reply_read"]
    light.say("reply_read", {"about": duty.asking.subject})
    assert "message.reply" not in codes(light)


def test_help_outside_a_check_in_is_one_alert_however_often_it_comes(database: Database) -> None:
    light = Light(database)
    for text in ("3", "3", "help"):
        write(light, text)
    (row,) = all_of(light, Incident)
    assert (row.kind, row.reason, all_of(light, CheckIn)) == (IncidentKind.ALERT, "unsafe", [])


def test_a_one_that_nobody_asked_for_checks_nobody_in(database: Database) -> None:
    light = Light(database)
    write(light, "1")
    assert all_of(light, CheckIn) == []
    assert "message.reply" in codes(light)


@pytest.mark.parametrize("text", ["STOP", "Dur", "توقف", "СТОП", "Arrêt", "to‘xtat"])
def test_s19_a_stop_ends_messages_on_this_channel_and_no_other(light: Light, text: str) -> None:
    light.say("contact_change", {"contact": MAIL, "how": "in_person"})
    write(light, text)
    assert [one.kind for one in usable(light.facts())] == ["email"]
    assert {one.kind: one.messages for one in light.facts().intake.channels} == {"sms": False, "email": True}
    assert "message.reply" in codes(light)


@pytest.mark.parametrize("text", [DURESS, DURESS.upper().replace("İ", "i"), f" {DURESS} "])
def test_c20_the_duress_word_stops_every_message_and_is_not_shown_by_anything_that_leaves(
    light: Light, text: str
) -> None:
    light.say("contact_change", {"contact": MAIL, "how": "in_person"})
    light.later(timedelta(minutes=1))
    before = len(light.facts().effects)
    write(light, text)
    assert usable(light.facts()) == []
    assert [row.word for row in all_of(light, ContactWord)] == ["duress"]
    light.push()
    assert len(light.facts().effects) == before
    assert "intake.contact_stopped" in codes(light)


@pytest.mark.parametrize("sender", ["+905559999999", "12345", "SILA", ""])
def test_c12_a_number_that_is_nobodys_changes_nothing_and_stays_for_a_person(light: Light, sender: str) -> None:
    events = len(all_of(light, Event))
    stored = write(light, "3", sender)
    assert (stored.handled_at, all_of(light, Reply), len(all_of(light, Event))) == (None, [], events)
    assert stored.trouble in ("unknown_sender", "not_understood")


def test_t4_a_number_that_is_not_safe_checks_nobody_in(light: Light) -> None:
    light.say("unsafe_address", {"address": NUMBER})
    write(light, "1")
    assert all_of(light, CheckIn) == []
    assert "message.reply" in codes(light)


def test_s16_the_same_message_counts_once_for_ever(light: Light) -> None:
    said = json.dumps({"form": {"MessageSid": "SM1", "From": NUMBER, "Body": "2"}, "key": None})
    for _ in range(3):
        stored, _ = receive(light.house, "messaging", "SM1", said)
        understand(light.house, stored)
        light.later(timedelta(days=365))
    assert len(all_of(light, Reply)) == 1


def test_one_phone_in_two_cases_checks_nobody_in_and_both_are_told(database: Database) -> None:
    light = asked(Light(database))
    said = case_of(Life("", "stays", "GE", "Kutaisi", "Nino", "Other", "Nino"), 7, light.house.clock.now().date())
    said["contact"]["address"] = NUMBER
    light.begin(said)
    write(light, "1")
    assert all_of(light, CheckIn) == []
    assert len({row.case_id for row in all_of(light, Reply)}) == 2


def test_l2_what_is_written_to_a_closed_case_stays_for_a_person(light: Light) -> None:
    with light.house.database.unit_of_work() as session:
        session.merge(light.case()).closed_at = light.house.clock.now()
    stored = write(light, "3")
    assert (stored.trouble, stored.handled_at) == ("closed_case", None)


def test_s12_a_reply_is_read_by_who_works_on_the_case_and_the_reading_is_written_down_first(light: Light) -> None:
    write(light, "They took my phone")
    (row,) = all_of(light, Reply)
    assert read_reply(light.house, light.ref, row.id, light.staff(Role.COUNSELLOR)) == "They took my phone"
    assert [event.kind for event in all_of(light, Event)][-1] == "class_three.read"
    with pytest.raises(NotAllowed):
        read_reply(light.house, light.ref, row.id, light.staff(Role.OPERATIONS))
