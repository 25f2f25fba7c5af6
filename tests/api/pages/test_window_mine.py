"""In their window the person sees what they agreed to, takes any of it back, and sees who learned what."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from api.pages.words import LANGUAGES
from models.case import Case
from models.complaint import Complaint
from models.consent import Consent, ConsentKind
from models.glass import ClassThreeRead
from models.handover import Disclosure, Partner
from models.queries.sharing import standing_consents
from models.stage import Role
from tests.api.pages.browser import Forms
from tests.api.pages.test_window import OTHER, Held, held, rows
from workflows.themselves import answer_complaint

__all__ = ["held"]
TEXT = {"text_version": "1", "text_hash": "0" * 64, "language": "en"}


@pytest.fixture
def sharing(held: Held) -> Held:
    """Somebody who lets one partner know of them, at their window."""
    held.light.say("transfer_consent", {**TEXT, "recipient": "nadia"})
    held.enter()
    return held


def christen(held: Held) -> None:
    """The partner has a name."""
    with held.light.house.database.unit_of_work() as session:
        session.get_one(Partner, "nadia").name = "Nadia House"


def ends(held: Held) -> list[str]:
    """The addresses at which something is taken back."""
    text = held.browser.get("/w/consents").text
    return [part.split('"')[0] for part in text.split('href="')[1:] if part.startswith("/w/consents/")]


def standing(held: Held) -> set[ConsentKind]:
    """What holds now."""
    with held.light.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == held.light.ref)).one()
        return {row.kind for row in standing_consents(session, case)}


def test_each_consent_is_shown_and_ends_alone_at_once_and_once(sharing: Held) -> None:
    christen(sharing)
    assert len(ends(sharing)) == 2
    assert "<bdi>Nadia House</bdi>" in sharing.browser.get("/w/consents").text
    where = next(one for one in ends(sharing) if "<bdi>Nadia House</bdi>" in sharing.browser.get(one).text)
    page = sharing.browser.get(where)
    for _ in range(2):
        assert sharing.browser.submit(page, where).url.path == "/w/done/consent"
    assert standing(sharing) == {ConsentKind.DATA}
    assert sharing.light.facts().may_share_with == frozenset()
    assert sum(row.kind is ConsentKind.TRANSFER for row in rows(sharing, Consent)) == 2
    assert sharing.light.case().withdrawn_at is None


def test_f33_who_takes_back_the_use_of_their_data_withdraws(sharing: Held) -> None:
    where = next(one for one in ends(sharing) if "nadia" not in sharing.browser.get(one).text)
    sharing.browser.submit(sharing.browser.get(where), where)
    assert standing(sharing) == set()
    assert sharing.light.case().withdrawn_at is not None


def test_reading_takes_nothing_back_and_nobody_elses_consent_is_there(sharing: Held) -> None:
    for where in ends(sharing):
        assert sharing.browser.get(where).status_code == 200
    assert standing(sharing) == {ConsentKind.DATA, ConsentKind.TRANSFER}
    assert sharing.browser.get(f"/w/consents/{uuid4()}").url.path == "/w/consents"
    assert sharing.browser.http.post(ends(sharing)[0]).status_code == 403


def test_t4_under_duress_there_is_nothing_to_see_and_nothing_to_take_back(sharing: Held) -> None:
    where = ends(sharing)[0]
    fields = Forms(sharing.browser.get(where).text).forms[-1][1]
    sharing.enter(OTHER)
    for path in ("/w/consents", "/w/seen"):
        assert sharing.browser.get(path).url.path == "/w"
    sharing.browser.http.post(where, data=fields)
    assert standing(sharing) == {ConsentKind.DATA, ConsentKind.TRANSFER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_seen_what_is_told_by_role_and_never_by_name(held: Held, language: str) -> None:
    now = held.light.house.clock.now()
    with held.light.house.database.unit_of_work() as session:
        case = session.exec(select(Case).where(Case.ref == held.light.ref)).one()
        for minutes in (1, 2):
            session.add(ClassThreeRead(at=now + timedelta(minutes=minutes), by="ayse.kaya", role="protection_officer",
                                       case_ref=case.ref, fields=["screenings.answers"]))  # fmt: skip
        session.add(Disclosure(case_id=case.id, at=now, by="sila", journey=1, recipient="nadia", purpose="reception",
                               basis="consent", fields=["people", "phone"], sha256="0", effect_id=uuid4()))  # fmt: skip
    held.enter(language=language)
    assert "<bdi>nadia</bdi>" in held.browser.get("/w/seen").text  # it has no name yet
    christen(held)
    text = held.browser.get("/w/seen").text
    assert f'lang="{language}"' in text
    assert "<bdi>Nadia House</bdi>" in text
    assert "nadia" not in text
    assert "ayse" not in text
    assert "screening" not in text
    if language == "en":
        assert text.count("Somebody who protects people") == 1  # a line a day
        assert "who you are, how to reach you" in text


def complaint(held: Held, **said: str) -> str:
    """Sent twice, by one form. Gives the page with the form as it is then."""
    page = held.browser.get("/w/say")
    for _ in range(2):
        assert held.browser.submit(page, "/w/say", text="He shouted.", **said).url.path == "/w/done/say"
    return held.browser.get("/w/say").text


def test_f29_a_complaint_that_is_sent_twice_is_one_and_its_answer_is_shown(held: Held) -> None:
    held.enter()
    assert "You get an answer by" in complaint(held, named="yes")
    (row,) = rows(held, Complaint)
    answer_complaint(held.light.house, row.id, "We <spoke> with him.", held.light.staff(Role.SUPERVISOR, "boss"))
    text = held.browser.get("/w/say").text
    assert "We &lt;spoke&gt; with him." in text
    assert "You get an answer by" not in text


def test_without_a_name_nothing_in_the_window_says_that_there_was_a_complaint(held: Held) -> None:
    held.enter()
    assert "You get an answer by" not in complaint(held)
    assert len(rows(held, Complaint)) == 1


def test_a_complaint_by_no_form_of_ours_is_not_kept(held: Held) -> None:
    held.enter()
    page = held.browser.get("/w/say")
    assert held.browser.submit(page, "/w/say", text="He shouted.", once="x").url.path == "/w/say"
    assert rows(held, Complaint) == []


def test_who_sends_something_stays_in_and_who_only_reads_does_not(held: Held) -> None:
    held.enter()
    page = held.browser.get("/w/call")
    for _ in range(2):
        held.light.later(timedelta(minutes=20))
        assert held.browser.submit(page, "/w/call").url.path == "/w/done/call"
    held.light.later(timedelta(minutes=20))
    assert held.browser.get("/w").url.path == "/w"
    held.light.later(timedelta(minutes=20))
    assert held.browser.get("/w").url.path == "/w/in"
