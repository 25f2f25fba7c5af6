"""A question about the place of return on a phone: asked without a name, answered once, by a link as all others are."""

import json
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from models.database import Database, vault_of
from models.event import Event
from models.inbound import Inbound
from models.link import Link
from models.risk_assessment import CountryInput
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import Forms
from tests.api.pages.partner.phone import Phone, everything, phone_of
from tests.journeys.office import by
from workflows import commands
from workflows.partner_link import end_links

SECRETS = ("Annayeva", "Ogulgerek", "Annaýewa", "1991", "+90555")
SURE = {"safe": "no", "note_code": "risk_for_group"}


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """A partner that was asked about a place."""
    with phone_of(database, base="/p") as phone:
        yield phone


def asked(phone: Phone) -> CountryInput:
    """The question as it is kept."""
    [row] = phone.one.rows(CountryInput)
    assert isinstance(row, CountryInput)
    return row


def answered(phone: Phone, **said: str) -> httpx.Response:
    """From the question to the thanks, with a look at the answer between."""
    check = phone.submit(phone.get("/p"), "/check$", **(said or SURE))
    assert "Check your answers" in check.text, check.text
    return phone.submit(check, "/answer$")


def words(phone: Phone) -> list[Inbound]:
    """What came in from pages."""
    return [one for one in phone.one.rows(Inbound) if one.source.startswith("page/")]


def said(phone: Phone, kind: str) -> list[Event]:
    """The events of a kind."""
    return [one for one in phone.one.rows(Event) if one.kind == kind]


def test_a_partner_is_asked_without_a_name_and_its_answer_moves_the_case(phone: Phone) -> None:
    token = phone.token()
    [mail] = phone.mail.mails
    for secret in (*SECRETS, "Mary", "nadia", "Turkmenistan", phone.one.ref, "return", "place", "safe"):
        assert secret not in mail.text + mail.subject, secret
    page = phone.enter(token)
    assert (page.status_code, page.url.path) == (200, "/p")
    for shown in ("Mary", "Turkmenistan", "Woman", "30-59", "Safe accommodation"):
        assert shown in page.text
    for secret in (*SECRETS, phone.one.ref):
        assert secret not in page.text
    assert "risk.country_input" in phone.one.codes()
    thanks = answered(phone)
    assert "Your answer is here" in thanks.text
    assert (asked(phone).safe, asked(phone).note_code) == (False, "risk_for_group")
    assert "risk.country_input" not in phone.one.codes()
    assert [one.by for one in said(phone, "partner.country_input")] == ["partner:nadia"]
    [stored] = words(phone)  # it was kept, sealed, before it was understood
    assert (stored.result, stored.handled_at is not None) == ("country_input", True)
    assert b"risk_for_group" not in stored.body
    with phone.one.house.database.reading() as session:
        text = json.loads(vault_of(session).open(session.get_one(Inbound, stored.id), "body"))
    assert text["word"] == {"safe": False, "note_code": "risk_for_group"}


BAD = (
    ({}, ("safe", "note_code")), ({"safe": "perhaps", "note_code": "risk_in_area"}, ("safe",)),
    ({"safe": "yes", "note_code": "because"}, ("note_code",)),
    ({"safe": "yes", "note_code": "risk_in_area"}, ("note_code",)),
)  # fmt: skip


def test_what_cannot_be_right_comes_back_and_a_checked_answer_can_be_changed(phone: Phone) -> None:
    page = phone.enter()
    for typed, fields in BAD:
        for where in ("/p/check", "/p/answer"):
            form = next(one for _, one in Forms(page.text).forms if "once" in one)
            told = phone.http.post(where, data={**form, **typed})
            assert told.status_code == 422, (typed, where)
            for field in fields:
                assert f'href="#{field}"' in told.text
                assert f'id="{field}-wrong"' in told.text
    check = phone.submit(page, "/check$", **SURE)
    again = phone.submit(check, "/change$")
    chosen = next(fields for where, fields in Forms(again.text).forms if where.endswith("/check"))
    assert chosen.items() >= SURE.items()
    assert words(phone) == []


def test_f29_answered_twice_is_one_answer(phone: Phone) -> None:
    token = phone.token()
    page = phone.enter(token)
    other = phone.submit(
        page, "/check$", safe="yes", note_code="no_known_risk"
    )  # another tab, before the first is sent
    check = phone.submit(phone.get("/p"), "/check$", **SURE)
    first, twice = phone.submit(check, "/answer$"), phone.submit(check, "/answer$")
    assert (first.url, first.text) == (twice.url, twice.text)
    assert len(words(phone)) == 1
    late = phone.submit(other, "/answer$")
    assert (late.status_code, "This was settled before" in late.text) == (200, True)
    assert [one.result for one in words(phone)] == ["country_input", "inert"]
    assert asked(phone).safe is False
    assert len(said(phone, "partner.too_late")) == 1
    assert "/answer" not in phone.get("/p").text  # what was answered is shown, and no form
    assert phone.get(f"/p/{token}").status_code == 404  # S15: it was used


def test_s15_a_word_after_withdrawal_is_kept_and_changes_nothing(phone: Phone) -> None:
    check = phone.submit(phone.enter(), "/check$", **SURE)
    commands.withdraw(phone.one.house, phone.one.ref, by(Role.COUNSELLOR))
    told = phone.submit(check, "/answer$")
    assert (told.status_code, "This was settled before" in told.text) == (200, True)
    assert (asked(phone).safe, [one.result for one in words(phone)]) == (None, ["inert"])
    assert phone.get("/p").status_code == 404


def test_f28_a_mail_scanner_that_fetches_and_posts_changes_nothing(phone: Phone) -> None:
    token, database = phone.token(), phone.one.house.database
    before = everything(database)
    with httpx.Client(base_url=phone.url, trust_env=False, follow_redirects=True, timeout=60) as scanner:
        page = scanner.get(f"/p/{token}")
        scanner.cookies.clear()  # as most scanners do: each request by itself
        for where, fields in Forms(page.text).forms:
            scanner.post(where, data=fields)
        for path in ("open", "code"):
            scanner.post(f"/p/{token}/{path}", data={"code": "123456"})
        scanner.post("/p/answer", data={"once": "0" * 32, **SURE})
    assert everything(database) == before
    for secret in ("Mary", "nadia", "Turkmenistan", "place"):
        assert secret not in page.text
    phone.enter(token)
    before = everything(database)
    for path in (f"/p/{token}", "/p", "/p/said/" + "a" * 22):
        assert phone.get(path).status_code == 200, path
    assert everything(database) == before  # GET changes nothing


def test_s15_t14_what_is_not_open_looks_like_what_never_was(phone: Phone) -> None:
    token, database, form = phone.token(), phone.one.house.database, {"once": "0" * 32, **SURE}
    phone.enter(token)
    never = phone.get("/p/" + "A" * 43)
    assert never.status_code == 404
    phone.wall.ahead = timedelta(hours=72)  # expired
    assert {phone.get(path).text for path in ("/p", f"/p/{token}")} == {never.text}
    phone.wall.ahead = timedelta()
    assert phone.get("/p").status_code == 200
    for name, other in (("recipient", "tariq"), ("version", "0" * 64)):
        with database.unit_of_work() as session:
            link = session.exec(select(Link)).one()
            was = getattr(link, name)
            setattr(link, name, other)
        assert phone.get("/p").text == never.text, name
        with database.unit_of_work() as session:
            setattr(session.exec(select(Link)).one(), name, was)
    with database.unit_of_work() as session:
        assert end_links(session, session.exec(select(CountryInput)).one()) == 1
    assert {phone.get(path).text for path in ("/p", f"/p/{token}")} == {never.text}
    assert phone.http.post("/p/answer", data=form).text == never.text
    assert asked(phone).safe is None


def test_s15_a_link_is_for_one_purpose_and_its_code_for_one_use(phone: Phone) -> None:
    token = phone.token()
    page = phone.ask_code(token)
    code = phone.codes()[-1]
    assert phone.get(f"/h/{token}").status_code == 404
    assert phone.submit(page, "/open$", code=code).url.path == "/p"
    assert phone.get("/h").status_code == 404
    assert phone.submit(page, "/open$", code=code).status_code == 422  # replayed


def test_t13_t7_a_forwarded_link_needs_a_code_of_its_own_and_waits_until_it_is_let_in(phone: Phone) -> None:
    token = phone.token()
    phone.enter(token)
    other = phone.another()
    page = other.ask_code(token)
    assert other.submit(page, "/open$", code=phone.codes()[0]).status_code == 422  # the first device's code
    held = other.submit(page, "/open$", code=phone.codes()[-1])
    assert (held.status_code, "Wait a moment, please" in held.text) == (403, True)
    form = {"once": "0" * 32, **SURE}
    foreign = phone.http.post("/p/answer", data=form)  # without the token of the form
    assert (foreign.status_code, "phone.css" in foreign.text) == (403, True)
    assert other.http.post("/p/answer", data=form).status_code == 403
    assert asked(phone).safe is None


def test_c10_who_lost_the_link_gets_a_new_one_while_the_answer_is_awaited(phone: Phone) -> None:
    first = phone.token()
    with phone.one.house.database.unit_of_work() as session:
        for link in session.exec(select(Link)):
            link.expires_at = phone.wall() - timedelta(seconds=1)
    phone.one.later(timedelta(days=1))  # the books of a partner are read once a day: here there are none but ours
    phone.one.push()
    second = phone.token()
    assert second != first
    phone.one.later(timedelta(days=1))
    phone.one.push()
    assert phone.token() == second  # it still opens
    desk = phone.another()
    with phone.one.house.database.unit_of_work() as session:
        session.add(Staff(handle="boss", roles=[Role.SUPERVISOR.value]))
        desk.http.cookies.set("sila", begin(session, "boss", phone.wall()))
    listed = desk.get(f"/cases/{phone.one.ref}/handovers")
    assert "Questions about the place" in listed.text
    assert "A new link is on its way" in desk.submit(listed, "/handovers/places/[^/]+/link$").text
    assert phone.token() != second
    assert phone.get(f"/p/{second}").status_code == 404
    assert phone.enter().url.path == "/p"


def test_staff_read_what_the_partner_says_where_they_judge_the_risk(phone: Phone) -> None:
    phone.enter()
    path = f"/cases/{phone.one.ref}/risk"
    desk = phone.another()
    with phone.one.house.database.unit_of_work() as session:
        session.add(Staff(handle="counsellor", roles=[Role.COUNSELLOR.value]))
        session.add(Staff(handle="officer", roles=[Role.PROTECTION_OFFICER.value]))
        desk.http.cookies.set("sila", begin(session, "counsellor", phone.wall()))
    assert "Asked, no answer yet" in desk.get(path).text
    answered(phone)
    told = desk.get(path).text
    for word in ("Not safe for such people", "It is dangerous for people like these", "nadia"):
        assert word in told
    assert "Nobody has assessed" not in told  # whoever may not read it is not told that there is none


def test_an_account_answers_in_its_inbox(database: Database) -> None:
    with phone_of(database, base="/p", way="account") as phone:
        with database.unit_of_work() as session:
            for handle, partner in (("amina", "nadia"), ("tomas", "tariq")):
                session.add(Staff(handle=handle, roles=[Role.RECEIVING_PARTNER.value], partner=partner))
            cookies = {handle: begin(session, handle, phone.wall()) for handle in ("amina", "tomas")}
        path = f"/inbox/places/{asked(phone).id}"
        phone.http.cookies.set("sila", cookies["tomas"])
        assert (phone.get(path).status_code, path in phone.get("/inbox").text) == (404, False)
        phone.http.cookies.set("sila", cookies["amina"])
        assert path in phone.get("/inbox").text
        check = phone.submit(phone.get(path), "/check$", safe="yes", note_code="safe_with_help")
        assert "Your answer is here" in phone.submit(check, "/answer$").text
        assert path not in phone.get("/inbox").text
        assert (asked(phone).safe, asked(phone).note_code) == (True, "safe_with_help")
