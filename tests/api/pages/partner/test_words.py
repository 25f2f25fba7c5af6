"""A partner's words on a phone: each is stored, heard once, and answered in words; what is shown is the allow-list."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.database import Database
from models.event import Event
from models.handover import HandoverQuestion, HandoverWord, ProtectionIncident
from models.inbound import Inbound
from models.reconciliation import Reconciliation
from tests.api.pages.browser import Forms
from tests.api.pages.partner.phone import Phone, phone_of
from workflows.handover.clock import ends_at

SECRETS = ("Annayeva", "Ogulgerek", "Annaýewa", "1991", "+90555")


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """A phone that has opened the offer."""
    with phone_of(database) as phone:
        phone.enter()
        yield phone


@pytest.fixture
def going(database: Database) -> Iterator[Phone]:
    """The same while the world outside goes on: airline, consulate, time."""
    with phone_of(database, goes_on=True) as phone:
        phone.enter()
        yield phone


def push(phone: Phone, until: Any) -> None:
    """The house goes on."""
    phone.one.until(until)


def accepted(phone: Phone) -> None:
    """Accepted by a named colleague, and told who comes."""
    assert "Your acceptance is here" in phone.say("accept", focal_point="AK 7").text
    push(phone, lambda: phone.one.row().identity_sent_at is not None)


def test_accepting_names_who_is_responsible(phone: Phone) -> None:
    page = phone.say("accept", focal_point="AK 7", available_from="2026-03-20", reachable_24_7="yes")
    assert "Thank you" in page.text
    assert "Accepted" in page.text
    row = phone.one.row()
    assert (row.status, row.focal_point, str(row.available_from)) == ("accepted", "AK_7", "2026-03-20")
    assert [one.kind for one in phone.one.rows(ProtectionIncident)] == []  # the preview came back as it was sent


BAD = (
    ("accept", {"focal_point": ""}, "focal_point"), ("accept", {"focal_point": "Иван"}, "focal_point"),
    ("accept", {"focal_point": "AK", "available_from": "soon"}, "available_from"),
    ("decline", {"text": "no"}, "reason_code"), ("decline", {"reason_code": "because"}, "reason_code"),
    ("ask", {"text": "  "}, "text"), ("ask", {"text": "x" * 2001}, "text"),
)  # fmt: skip


def test_what_cannot_be_right_comes_back_as_it_was_typed(phone: Phone) -> None:
    for name, said, field in BAD:
        page = phone.say(name, **said)
        assert page.status_code == 422, (name, said)
        assert f'href="#{field}"' in page.text
        assert f'id="{field}-wrong"' in page.text
        assert said.get("focal_point", "") in page.text
    assert phone.one.words() == []


def test_f29_a_double_click_is_one_word(phone: Phone) -> None:
    page = phone.get("/h/word/accept")
    first = phone.submit(page, "/accept$", focal_point="AK")
    again = phone.submit(page, "/accept$", focal_point="AK")
    assert (first.url, first.text) == (again.url, again.text)
    assert phone.one.words() == [("accepted", "accepted")]
    other = phone.submit(page, "/accept$", focal_point="somebody_else")  # back button: the first word stands
    assert other.text == first.text
    assert phone.one.row().focal_point == "AK"


def test_f26_a_second_answer_is_told_kindly_what_stands(phone: Phone) -> None:
    late = phone.get("/h/word/decline")
    phone.say("accept", focal_point="AK")
    page = phone.submit(late, "/decline$", reason_code="no_capacity")
    assert page.status_code == 200
    assert "This was settled before" in page.text
    assert "Accepted" in page.text
    assert phone.one.words()[-1] == ("declined", "inert")
    assert phone.one.row().status == "accepted"


def test_declining_ends_it_and_thanks(phone: Phone) -> None:
    token = phone.token()
    page = phone.say("decline", reason_code="no_capacity", text="full until May")
    assert "Thank you" in page.text
    assert "Nothing more is needed from you" in page.text
    assert phone.one.row().reason == "no_capacity"
    assert phone.get("/h").status_code == 404
    assert phone.get(f"/h/{token}").status_code == 404
    assert phone.get(page.url.path).text == page.text  # reading the result again is no harm


def test_f25_an_acceptance_that_comes_too_late_is_kept_and_told_kindly(phone: Phone) -> None:
    page, facts = phone.get("/h/word/accept"), phone.one.facts()
    assert facts.handover is not None
    phone.one.later(ends_at(facts, facts.handover) - phone.one.now)
    said = phone.submit(page, "/accept$", focal_point="AK")
    assert (said.status_code, phone.one.words()) == (200, [("accepted", "too_late")])
    assert "no longer open" in said.text
    assert phone.one.row().status != "accepted"


def test_what_was_typed_when_the_session_ended_is_given_back(phone: Phone) -> None:
    page = phone.get("/h/word/ask")
    phone.wall.ahead = timedelta(minutes=31)
    said = phone.submit(page, "/ask$", text="Is there a <wheelchair>?")
    assert said.status_code == 404
    assert "Is there a &lt;wheelchair&gt;?" in said.text
    assert phone.one.words() == []


def test_every_word_is_stored_before_it_is_understood(phone: Phone) -> None:
    phone.say("ask", text="Is there a wheelchair?")
    [stored] = [one for one in phone.one.rows(Inbound) if one.source.startswith("page/")]
    assert (stored.result, stored.trouble) == ("asked_back", None)
    assert stored.received_at <= stored.handled_at
    assert phone.one.row().status == "asked_back"


def test_asking_back_stops_the_clock_and_the_answer_comes_by_a_new_link(going: Phone) -> None:
    phone = going
    before = phone.token()
    assert "We have your question" in phone.say("ask", text="Is there a wheelchair?").text
    assert "Please answer by" not in phone.get("/h").text
    push(phone, lambda: phone.one.row().status == "offered")
    assert phone.token() != before
    shown = phone.show("answer")
    [question] = phone.one.rows(HandoverQuestion)
    assert "Is there a wheelchair?" in shown.text
    assert question.sent_at is not None
    assert [event.said["stage"] for event in phone.one.rows(Event) if event.kind == "partner.read"] == ["answer"]


def test_t1_the_offer_shows_the_allow_list_and_no_more(phone: Phone) -> None:
    page = phone.get("/h").text
    for secret in (*SECRETS, phone.one.ref):
        assert secret not in page
    assert phone.http.post("/h/show", data=csrf(page) | {"what": "identity"}).url.path == "/h"
    assert phone.http.post("/h/show", data=csrf(page) | {"what": "arrival"}).url.path == "/h"


def csrf(page: str) -> dict[str, str]:
    """The token of the forms of a page."""
    return {"csrf": Forms(page).forms[0][1]["csrf"]}


def test_t1_s12_c22_identity_after_acceptance_flights_two_days_before_each_reading_written_down(going: Phone) -> None:
    phone = going
    accepted(phone)
    assert not any(secret in phone.get("/h").text for secret in SECRETS)
    shown = phone.show("identity")
    assert "Annayeva" in shown.text
    assert "Shown to <bdi>nadia" in shown.text
    assert phone.one.ref not in shown.text
    assert "Flight and meeting point" not in phone.get("/h").text
    push(phone, lambda: phone.one.row().arrival_sent_at is not None)
    flight = phone.one.facts().booking
    assert flight is not None
    assert flight.departs_at - phone.one.now <= timedelta(hours=48)
    phone.enter()
    assert "Arrivals hall of the airport" in phone.show("arrival").text
    read = [(event.by, event.said["stage"]) for event in phone.one.rows(Event) if event.kind == "partner.read"]
    assert read == [("partner:nadia", "identity"), ("partner:nadia", "arrival")]


def test_the_way_from_acceptance_to_the_first_week(going: Phone) -> None:
    phone = going
    accepted(phone)
    done = phone.say("safety", risk_notes_read="yes", no_contact_read="yes", code_word_agreed="yes")
    assert "The safety notes are confirmed" in done.text
    push(phone, lambda: phone.one.facts().departed)
    phone.one.later(timedelta(hours=12))
    phone.enter()
    local = phone.one.now.date().isoformat()
    assert phone.say("arrival", day="2031-01-01", time="10:00", met="yes").status_code == 422
    page = phone.say("arrival", day=local, time="00:10", met="yes", met_by="B2", condition_code="tired")
    assert "The arrival is confirmed" in page.text
    assert phone.one.row().met is True
    page = phone.say("received", sure="yes")
    assert "You have signed" in page.text
    row = phone.one.row()
    assert row.our_sha256 == row.their_sha256 is not None
    assert "Your report is here" in phone.say("first-week", reached_in_private="yes", safe="yes",
                                              accommodation_confirmed="yes").text  # fmt: skip
    handed_over(phone)
    page = phone.say("problem", text="The lock of the door is broken.")
    assert "protection officer" in page.text
    assert [one.kind for one in phone.one.rows(ProtectionIncident)] == ["partner_problem"]
    words = phone.one.rows(HandoverWord)
    assert "lock" not in json.dumps([one.model_dump(mode="json", exclude={"text"}) for one in words])


def ordered(phone: Phone) -> list[str]:
    """What the partner was asked to hand over and has not spoken of."""
    return [one.id for one in phone.one.facts().instalments or () if one.payment == "ordered"]


def handed_over(phone: Phone) -> None:
    """An amount that the partner was asked for is there until it says so, and is said once."""
    push(phone, lambda: bool(ordered(phone)))
    phone.enter()
    [first, *_] = ordered(phone)
    assert phone.say("amount", instalment="", handed_over="yes").status_code == 422
    form = phone.get("/h/word/amount")
    page = phone.submit(form, "/amount$", instalment=first, handed_over="yes")
    assert "written down as handed over" in page.text
    assert phone.submit(form, "/amount$", instalment=first, handed_over="no").text == page.text
    assert {one.id: one.payment for one in phone.one.facts().instalments or ()}[first] == "handed_over"
    while not phone.one.rows(Reconciliation):
        for which in ordered(phone):
            phone.say("amount", instalment=which, handed_over="yes")
        push(phone, lambda: bool(ordered(phone) or phone.one.rows(Reconciliation)))
    assert [(one.read, one.differences) for one in phone.one.rows(Reconciliation)] == [(0, [])]


def test_a_form_of_another_session_or_site_is_refused(phone: Phone) -> None:
    page = phone.get("/h/word/accept")
    assert phone.submit(page, "/accept$", csrf="x", focal_point="AK").status_code == 403
    fields = Forms(page.text).forms[0][1] | {"focal_point": "AK"}
    foreign = phone.http.post("/h/word/accept", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert phone.one.words() == []


def test_mass_assignment_fields_that_a_form_does_not_ask_for_are_not_looked_at(phone: Phone) -> None:
    phone.say("ask", text="When?", kind="accepted", focal_point="x", handover="0" * 32, by="sila")
    assert phone.one.row().status == "asked_back"
    assert phone.one.row().focal_point is None


def test_a_language_is_chosen_on_the_page_and_kept(phone: Phone) -> None:
    page = phone.submit(phone.get("/h"), "/language$", language="ar")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "بانتظار ردكم" in page.text
    with phone.one.house.database.reading() as session:
        assert session.exec(select(Event).where(Event.kind == "link.opened")).first()
