"""Every kind of fact has a form that shows, keeps and reads back whatever its input can hold."""

import re
from typing import Any

import pytest

from api.documents.texts import consent_text
from api.forms import Setting, answered, fill, first, grown, labels
from api.forms.choices import choices, keys, rows
from api.forms.told import told as shown
from api.pages.engine import environment
from tests.api.forms.bodies import SOMEBODY, body_of, told
from workflows.inputs import CaseIn
from workflows.inputs.booking import DeskBookingIn, JourneyIn
from workflows.inputs.contact import SafeContactIn
from workflows.inputs.counselling import DataConsentIn
from workflows.inputs.departure import MeetingIn
from workflows.inputs.risk_assessment import RiskIn
from workflows.inputs.screening import ScreeningIn, VulnerabilityIn
from workflows.inputs.travel_document import TicketNameIn
from workflows.pathways import CURRENT
from workflows.records.table import FACTS


def setting(language: str = "en", **more: Any) -> Setting:
    """Of the current pathway."""
    return Setting(
        language, choices(*CURRENT, language), keys(*CURRENT, language), rows(*CURRENT, language, "return"), **more
    )  # fmt: skip


PLAIN = Setting()


@pytest.mark.parametrize("kind", FACTS)
def test_every_kind_shows_and_reads_back_what_its_input_can_hold(kind: str) -> None:
    model = FACTS[kind].model
    for body in filter(None, (body_of(kind), told(kind))):
        wanted = model.model_validate(body)
        typed = fill(model, body, PLAIN)
        read = answered(model, typed, PLAIN)
        assert read.troubles == ()
        assert read.said is not None
        assert read.said.model_dump(exclude_none=True) == wanted.model_dump(exclude_none=True)
    for language in ("en", "tr"):
        here = setting(language)
        text = html(answered(model, first(model, here), here).fields, language)
        assert "<script" not in text
        assert " style=" not in text


def html(fields: Any, language: str) -> str:
    """The fields as a page shows them."""
    template = environment(language).from_string(
        "{% from 'staff/_form.html' import fields with context %}{{ fields(all) }}"
    )
    return template.render(all=fields)


@pytest.mark.parametrize("kind", FACTS)
def test_every_control_of_a_form_has_a_name_for_its_reader_and_one_id(kind: str) -> None:
    here = setting()
    text = html(answered(FACTS[kind].model, fill(FACTS[kind].model, body_of(kind), here), here).fields, "en")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    asked = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', text)
    assert set(asked) <= set(re.findall(r'for="([^"]+)"', text))


def test_an_empty_form_says_what_is_missing_in_the_readers_language() -> None:
    model = FACTS["journey_plan"].model
    for language, words in (("en", "Fill this in."), ("tr", "Burayı doldurun.")):
        here = setting(language)
        read = answered(model, first(model, here), here)
        names = ("origin", "destination", "depart_on")
        assert [(one.name, one.text.rpartition(": ")[2]) for one in read.troubles] == [(name, words) for name in names]
        assert [one.target for one in read.troubles] == ["f-origin", "f-destination", "f-depart_on"]


@pytest.mark.parametrize(("typed", "name"), [
    ({"depart_on": ["2026-02-31"]}, "depart_on"), ({"depart_on": ["soon"]}, "depart_on"),
    ({"origin": ["I" * 5000]}, "origin"), ({"origin": ["IST\x00"]}, "origin"),
    ({"origin": ["IST\r\nSet-Cookie: a"]}, "origin"),
    ({"origin": ["=1+1"]}, "origin"), ({"role": ["supervisor"]}, ""), ({"parties.x": ["1"]}, "parties"),
])  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(typed: dict[str, list[str]], name: str) -> None:
    good = {"origin": ["ist"], "destination": ["TBS"], "depart_on": ["31.12.2026"]}
    assert answered(JourneyIn, good, setting()).said == JourneyIn.model_validate(
        {"origin": "IST", "destination": "TBS", "depart_on": "2026-12-31"}
    )
    read = answered(JourneyIn, good | typed, setting())
    assert read.said is None
    assert {one.name for one in read.troubles} == {name}


def test_a_value_that_is_not_on_the_list_is_refused() -> None:
    read = answered(ScreeningIn, {"result": ["admin"], "vulnerable": ["maybe"]}, setting("tr"))
    assert {one.name for one in read.troubles} == {"result", "vulnerable"}


def test_html_in_a_text_stays_text() -> None:
    evil = '"><script>alert(1)</script>'
    text = html(answered(TicketNameIn, {"about": ["x"], "family_name": [evil]}, setting()).fields, "en")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_a_box_that_is_not_ticked_is_a_no_and_a_question_without_an_answer_is_not() -> None:
    read = answered(ScreeningIn, {"result": ["none"]}, setting())
    assert [(one.name, one.target) for one in read.troubles] == [("vulnerable", "f-vulnerable-yes")]
    assert read.body["suspicion"] is False


def test_a_group_that_may_be_left_out_counts_once_something_is_typed_in_it() -> None:
    here = setting()
    empty = first(SafeContactIn, here)
    assert answered(SafeContactIn, empty | {"how": ["in_person"]}, here).body == {"how": "in_person"}
    ticked = answered(SafeContactIn, empty | {"how": ["in_person"], "contact._use": ["on"]}, here)
    assert {one.name for one in ticked.troubles} == {"contact.channel", "contact.address"}
    typed = {"how": ["in_person"], "contact.address": ["+90 555 123 45 67"], "contact.channel": ["sms"]}
    read = answered(SafeContactIn, empty | typed, here)
    assert "+90 555 123 45 67" in [one.text for one in shown(read.fields, labels("en"))], "it is seen before it is sent"
    said = read.said
    assert isinstance(said, SafeContactIn)
    assert said.contact is not None
    assert said.contact.address == "+905551234567"


def test_what_a_group_refuses_is_said_at_the_field_that_our_check_names() -> None:
    typed = {"how": ["in_person"], "contact.channel": ["phone"], "contact.address": ["+905551234567"],
             "contact.from_hour": ["19"], "contact.to_hour": ["9"], "contact.zone": ["Europe/Istanbul"]}  # fmt: skip
    (trouble,) = answered(SafeContactIn, typed, setting("tr")).troubles
    assert (trouble.name, trouble.text) == (
        "contact.to_hour",
        "Ulaşılabilir: bitiş saati: Başlangıç saatinden sonra olmalı",
    )


def test_rows_are_added_and_removed_without_losing_what_stands_in_others() -> None:
    typed = fill(DeskBookingIn, body_of("desk_booking"), setting())
    more = grown(DeskBookingIn, typed, "flights", setting())
    read = answered(DeskBookingIn, more, setting())
    assert next(field for field in read.fields if field.name == "flights").parts[1].name == "flights.1"
    assert read.said == DeskBookingIn.model_validate(body_of("desk_booking")), "an empty row is no row"
    assert grown(DeskBookingIn, typed, "price", setting()) == typed


def test_every_domain_of_the_matrix_is_asked_and_factors_only_where_something_is_said() -> None:
    here = setting()
    domains = here.rows["RiskIn.items"].options
    read = answered(RiskIn, first(RiskIn, here) | {"level": ["low"]}, here)
    assert len(read.body["items"]) == len(domains)
    assert len(read.troubles) == len(domains)
    factors = first(VulnerabilityIn, here) | {"level": ["low"], "reason": ["calm"], "factors.3.polarity": ["risk"]}
    said = answered(VulnerabilityIn, factors, here).body["factors"]
    assert said == [{"code": here.rows["VulnerabilityIn.factors"].options[3].value, "polarity": "risk"}]


def test_a_moment_is_on_the_clock_of_its_place_and_a_skipped_hour_is_refused() -> None:
    good = {
        "met_by": ["family"],
        "met_at.day": ["2026-03-29"],
        "met_at.time": ["03:30"],
        "met_at.zone": ["Asia/Tbilisi"],
    }
    said = answered(MeetingIn, good, setting()).said
    assert isinstance(said, MeetingIn)
    assert said.met_at.isoformat() == "2026-03-28T23:30:00+00:00"
    (skipped,) = answered(
        MeetingIn, good | {"met_at.zone": ["Europe/Paris"], "met_at.time": ["02:30"]}, setting()
    ).troubles
    assert (skipped.name, skipped.target) == ("met_at", "f-met_at-day")


def test_who_sits_together_is_said_by_numbers() -> None:
    other = SOMEBODY[:-1] + "2"
    typed = {"origin": ["IST"], "destination": ["TBS"], "depart_on": ["2026-12-31"], f"parties.{SOMEBODY}": ["2"],
             f"parties.{other}": ["1"]}  # fmt: skip
    assert answered(JourneyIn, typed, setting()).body["parties"] == [[other], [SOMEBODY]]


def test_a_whole_case_reads_back() -> None:
    from tests.api.forms.bodies import built  # noqa: PLC0415

    body = built(CaseIn)
    body["dependants"] = [{**body["principal"], "guardian": "principal", "relation": "child"}]
    typed = fill(CaseIn, body, setting())
    assert answered(CaseIn, typed, setting()).said == CaseIn.model_validate(body)


def test_a_consent_names_our_current_text_unless_another_was_signed() -> None:
    here = setting()
    said = answered(DataConsentIn, {"language": ["fa"], "given": ["on"]}, here).said
    assert isinstance(said, DataConsentIn)
    text = consent_text("data", "fa")
    assert (said.text_version, said.text_hash) == (text.version, text.sha256)
    other = answered(
        DataConsentIn, {"language": ["fa"], "text_version": ["old-1"], "text_hash": ["ab" * 32]}, here
    ).said
    assert isinstance(other, DataConsentIn)
    assert (other.text_version, other.given) == ("old-1", False)
    strange = answered(DataConsentIn, {"language": ["ka"]}, here)
    assert {one.name for one in strange.troubles} == {"text_version", "text_hash"}, "we have no text in Georgian"


def test_a_consent_inside_of_another_fact_names_the_text_of_its_purpose() -> None:
    here = setting()
    for kind, purpose in (("authority_disclosure", "authority"), ("trusted_contact", "contact")):
        model = FACTS[kind].model
        typed = fill(model, told(kind) or body_of(kind), here)
        typed = {name: texts for name, texts in typed.items() if not name.endswith(("text_version", "text_hash"))}
        said = answered(model, {**typed, "consent.language": ["ar"]}, here).said
        text = consent_text("transfer", "ar", purpose)
        assert said is not None
        assert (said.consent.text_version, said.consent.text_hash) == (text.version, text.sha256)  # type: ignore[attr-defined]
