"""Safe contact: what is not safe is refused, a change shows who asks for it, one word stops everything."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from api.cli.cast import Life, case_of
from models.database import Database
from models.person import Contact, UnsafeAddress
from models.stage import Role
from tests.factories import RULES
from tests.journeys.light import BEGIN, Light
from workflows.commands import Refused
from workflows.patience import message
from workflows.standing import Doing, say

HIS = "+905559990000"
HERS = {"channel": "sms", "address": "+905551112233", "from_hour": 10, "to_hour": 12}
MAIL = {"channel": "email", "address": "post@example.org", "from_hour": 8, "to_hour": 20, "preference": 2}


@pytest.fixture
def light(database: Database) -> Light:
    """One case, with one number that is safe from 9 to 21."""
    return Light(database)


def refused(light: Light, kind: str, body: dict[str, Any], role: Role = Role.COUNSELLOR) -> str:
    """The code of a refusal."""
    with pytest.raises(Refused) as caught:
        light.say(kind, body, role)
    return caught.value.code


def sends(light: Light) -> bool:
    """Whether a message would go out now."""
    return isinstance(message(light.facts(), "send_check_in", "1.x", say("follow_up.send", point="month_1")), Doing)


def test_s19_a_number_that_is_not_safe_is_refused_on_every_channel_and_kept_sealed(light: Light) -> None:
    light.say("unsafe_address", {"address": HIS, "why": "He reads it."})
    for channel in ("sms", "phone"):
        body = {"contact": {"channel": channel, "address": HIS}, "how": "in_person"}
        assert refused(light, "contact_change", body) == "not_safe"
    with light.house.database.reading() as session:
        row = session.exec(select(UnsafeAddress)).one()
        assert HIS.encode() not in (row.address or b"")
        assert HIS not in row.address_index


def test_s19_a_number_that_turns_out_unsafe_is_not_used_any_more(light: Light) -> None:
    assert sends(light)
    light.say("unsafe_address", {"address": "+905551200001"})
    assert light.facts().contact_hours is None
    assert not sends(light)


def test_s19_unsafe_numbers_of_the_intake_are_refused_as_safe(light: Light) -> None:
    said = case_of(Life("", "stays", "GE", "Kutaisi", "Nino", "Other", "Nino"), 7, BEGIN.date())
    said["unsafe_addresses"] = [{"address": said["contact"]["address"]}]
    with pytest.raises(Refused) as caught:
        light.begin(said)
    assert caught.value.code == "not_safe"


def test_s19_after_the_word_unsafe_no_message_goes_until_a_channel_is_called_safe_again(light: Light) -> None:
    light.say("contact_unsafe", {"reason": "Somebody else answered."}, Role.SHELTER_PARTNER)
    assert not sends(light)
    assert light.facts().intake.stopped == "unsafe"
    light.later(timedelta(hours=1))
    light.say("contact_change", {"contact": {**HERS, "to_hour": 20}, "how": "in_person"})
    assert sends(light)
    assert light.facts().intake.stopped is None


def test_a_fallback_is_used_when_the_preferred_channel_ends(light: Light) -> None:
    light.say("contact_change", {"contact": MAIL, "how": "in_person"})
    (first, second) = light.facts().intake.channels
    assert (first.kind, second.kind) == ("sms", "email")
    light.later(timedelta(hours=1))
    light.say("contact_confirmation", {"about": first.id, "confirmed": False})
    assert light.facts().contact_hours == ("Europe/Istanbul", 8, 20)


def test_f24_a_number_not_confirmed_for_long_is_not_used_and_a_confirmation_renews_it(light: Light) -> None:
    light.later(RULES.time("contact_confirmed"))
    assert light.facts().contact_hours is None
    assert not sends(light)
    (channel,) = light.facts().intake.channels
    light.say("contact_confirmation", {"about": channel.id, "confirmed": True})
    assert light.facts().contact_hours is not None
    (again,) = light.facts().intake.channels
    assert again.verified_at == light.house.clock.now()
    with light.house.database.reading() as session:
        assert len(session.exec(select(Contact)).all()) == 2


def test_nobody_leads_us_to_a_victim_by_a_call(light: Light) -> None:
    light.say("screening", {"suspicion": True, "vulnerable": False})
    assert refused(light, "contact_change", {"contact": HERS, "how": "called_back"}) == "not_themselves"
    light.say("contact_change", {"contact": HERS, "how": "in_person"})


def test_who_is_no_victim_may_change_it_when_called_back(light: Light) -> None:
    light.say("contact_change", {"contact": HERS, "how": "called_back"})
    assert len(light.facts().intake.channels) == 2


def test_the_code_word_shows_that_it_is_the_person(light: Light) -> None:
    light.say("screening", {"suspicion": True, "vulnerable": False})
    change = {"contact": HERS, "how": "code_word"}
    assert refused(light, "contact_change", {**change, "code_word": "İncir"}) == "wrong_code_word"
    light.say("code_word", {"word": "İncir ağacı", "duress": "Nar"})
    assert refused(light, "contact_change", {**change, "code_word": "zeytin"}) == "wrong_code_word"
    light.say("contact_change", {**change, "code_word": "  incir AĞACI "})
    assert len(light.facts().intake.channels) == 2


def test_s19_the_duress_word_changes_nothing_and_stops_everything(light: Light) -> None:
    light.say("code_word", {"word": "incir", "duress": "nar"})
    light.say("contact_change", {"contact": HERS, "how": "code_word", "code_word": "Nar"})
    known = light.facts()
    assert known.intake.stopped == "duress"
    assert known.intake.channels == ()
    assert not sends(light)


def test_who_has_no_safe_channel_is_not_asked_again(light: Light) -> None:
    light.say("contact_change", {"how": "in_person"})
    known = light.facts()
    assert (known.intake.stopped, known.intake.channels, known.contact_hours) == ("none_safe", (), None)


def test_a_number_that_may_only_be_called_is_not_written_to(light: Light) -> None:
    light.say("contact_unsafe", {})
    light.later(timedelta(hours=1))
    light.say("contact_change", {"contact": {"channel": "phone", "address": HERS["address"], "messages": False},
                               "how": "in_person"})  # fmt: skip
    assert len(light.facts().intake.channels) == 1
    assert light.facts().contact_hours is None
