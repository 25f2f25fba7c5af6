"""Links on a phone: what scanners, strangers, other devices and time can do with them, which is nothing (S15, F28)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from models.database import Database
from models.event import Event
from models.link import MOST_WRONG, Link, LinkPurpose
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import Forms
from tests.api.pages.partner.phone import Phone, everything, phone_of
from tests.journeys.office import by
from workflows import commands
from workflows.partner_link import end_links

MINE = select(Link).where(Link.purpose == LinkPurpose.PARTNER_HANDOVER)


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """A case that was offered by link."""
    with phone_of(database) as phone:
        yield phone


def closed(phone: Phone, path: str) -> httpx.Response:
    """The page of what is not open."""
    answer = phone.get(path)
    assert answer.status_code == 404, answer.text
    return answer


def test_an_offer_goes_out_as_a_neutral_mail_and_opens_with_a_code_by_sms(phone: Phone) -> None:
    token = phone.token()
    mail = phone.mail.mails[-1]
    for secret in ("Annayeva", "Mary", "nadia", "Turkmenistan", phone.one.ref, "return"):
        assert secret not in mail.text + mail.subject
    page = phone.enter(token)
    assert (page.status_code, page.url.path) == (200, "/h")  # the token is not in the address any more
    assert "Waits for your answer" in page.text
    assert phone.codes()[-1] not in mail.text


def test_the_link_alone_shows_nothing(phone: Phone) -> None:
    page = phone.get(f"/h/{phone.token()}").text
    for secret in ("Annayeva", "Mary", "nadia", phone.one.row().reference, "Turkmenistan", "offered"):
        assert secret not in page


def test_f28_a_mail_scanner_that_fetches_and_posts_changes_nothing(phone: Phone) -> None:
    token, database = phone.token(), phone.one.house.database
    before = everything(database)
    scanner = httpx.Client(base_url=phone.url, trust_env=False, follow_redirects=True, timeout=60)
    with scanner:
        page = scanner.get(f"/h/{token}")
        scanner.head(f"/h/{token}")
        scanner.cookies.clear()  # as most scanners do: each request by itself
        for where, fields in Forms(page.text).forms:
            scanner.post(where, data=fields)
        for path in ("open", "code", "accept"):
            scanner.post(f"/h/{token}/{path}", data={"code": "123456"})
        scanner.post("/h/word/accept", data={"once": "0" * 32, "focal_point": "x"})
        scanner.post("/h/show", data={"what": "identity"})
    assert everything(database) == before
    assert phone.codes() == []


def test_f28_a_scanner_with_a_whole_browser_gets_a_code_sent_and_nothing_else(phone: Phone) -> None:
    token, row = phone.token(), phone.one.row()
    scanner = phone.another()
    page = scanner.ask_code(token)
    assert scanner.submit(page, "/open$", code="000000").status_code == 422
    assert closed(scanner, "/h")
    scanner.close()
    assert phone.one.row() == row
    assert phone.one.words() == []


def test_get_changes_nothing(phone: Phone) -> None:
    token, database = phone.token(), phone.one.house.database
    phone.enter(token)
    before = everything(database)
    for path in (f"/h/{token}", "/h", "/h/word/accept", "/h/word/decline", "/h/word/ask", "/h/said/" + "a" * 22):
        assert phone.get(path).status_code == 200, path
    assert everything(database) == before


def test_s15_a_link_opens_one_handover_of_one_partner_at_one_version(phone: Phone) -> None:
    phone.enter()
    assert phone.get("/h").status_code == 200
    with phone.one.house.database.unit_of_work() as session:
        session.exec(MINE).one().version = "0" * 64
    assert closed(phone, "/h")


@pytest.mark.parametrize("how", ["expired", "revoked", "used_up", "withdrawn"])
def test_s15_t14_what_is_not_open_looks_like_what_never_was(phone: Phone, how: str) -> None:
    token, database = phone.token(), phone.one.house.database
    phone.enter(token)
    if how == "expired":
        phone.wall.ahead = timedelta(hours=72)
    elif how == "used_up":
        with database.unit_of_work() as session:
            session.exec(MINE).one().most_views = 1
    elif how == "revoked":
        with database.unit_of_work() as session:
            assert end_links(session, phone.one.newest(session)) == 1
    else:
        commands.withdraw(phone.one.house, phone.one.ref, by(Role.COUNSELLOR))
        phone.one.push()
    never = closed(phone, "/h/" + "A" * 43)
    gone = closed(phone, f"/h/{token}")
    assert gone.text == never.text
    assert phone.http.post(f"/h/{token}/code").text == never.text
    if how != "used_up":  # who is inside stays inside
        assert closed(phone, "/h").text == never.text
        assert phone.http.post("/h/word/accept", data={"once": "0" * 32}).text == never.text
    assert phone.one.row().status != "accepted"


def test_c11_five_wrong_codes_lock_even_the_right_one(phone: Phone) -> None:
    page = phone.ask_code(phone.token())
    right = phone.codes()[-1]
    for number in range(5):
        page = phone.submit(page, "/open$", code=f"{(int(right) + number + 1) % 1_000_000:06}")
        assert page.status_code == 422
        assert "This code is not right or too old" in page.text
    assert phone.submit(page, "/open$", code=right).status_code == 422
    assert closed(phone, "/h")


def test_c11_a_link_that_is_guessed_at_is_locked_and_that_is_written_down(phone: Phone) -> None:
    token = phone.token()
    with phone.one.house.database.unit_of_work() as session:
        session.exec(MINE).one().wrong = MOST_WRONG - 1
    page = phone.ask_code(token)
    right = phone.codes()[-1]
    phone.submit(page, "/open$", code="000000" if right != "000000" else "000001")
    assert closed(phone, f"/h/{token}")
    assert [one.by for one in phone.one.rows(Event) if one.kind == "link.locked"] == ["partner:nadia"]


def test_s15_a_code_is_good_once_and_for_ten_minutes(phone: Phone) -> None:
    page = phone.ask_code(phone.token())
    phone.wall.ahead = timedelta(minutes=10)
    assert phone.submit(page, "/open$", code=phone.codes()[-1]).status_code == 422
    page = phone.submit(page, "/code$")
    form = phone.submit(page, "/open$", code=phone.codes()[-1])
    assert form.url.path == "/h"
    assert phone.submit(page, "/open$", code=phone.codes()[-1]).status_code == 422  # replayed


def test_t13_a_forwarded_link_needs_a_code_of_its_own_and_is_noted_and_marked(phone: Phone) -> None:
    token = phone.token()
    phone.enter(token)
    other = phone.another()
    page = other.ask_code(token)
    assert other.submit(page, "/open$", code=phone.codes()[0]).status_code == 422  # the first device's code
    assert other.submit(page, "/open$", code=phone.codes()[-1]).url.path == "/h"
    opened = [one.said["other_device"] for one in phone.one.rows(Event) if one.kind == "link.opened"]
    assert opened == [False, True]


def second(phone: Phone) -> tuple[str, Phone]:
    """A link that is open on one device, and another device that entered a code of its own."""
    token = phone.token()
    phone.enter(token)
    other = phone.another()
    held = other.enter(token)
    assert (held.status_code, "Wait a moment, please" in held.text) == (403, True)
    return token, other


def judged(phone: Phone, device: str) -> None:
    """Whoever answers for the case finds it on their first page, and says whose device it is."""
    desk, who = phone.another(), by(Role.COUNSELLOR)
    with phone.one.house.database.unit_of_work() as session:
        if session.exec(select(Staff).where(Staff.handle == who.handle)).first() is None:
            session.add(who)
        desk.http.cookies.set("sila", begin(session, who.handle, phone.wall()))
    page = desk.get("/")
    assert phone.one.ref in page.text
    assert desk.submit(page, "/device$", device=device).url.path == "/"


def test_t7_a_second_device_is_held_and_its_owner_told_until_they_let_it_in(phone: Phone) -> None:
    token, other = second(phone)
    before = phone.one.row().status
    for path in ("/h", "/h/word/accept", "/h/word/ask"):
        assert other.get(path).status_code == 403
    assert phone.get("/h").status_code == 200  # the first goes on
    judged(phone, "theirs")
    assert "second device" in other.get("/h").text
    assert phone.one.row().status == before
    assert other.enter(token).status_code == 200  # the link is this device's now
    assert [one.kind for one in phone.one.rows(Event) if one.kind == "link.let_in"] == ["link.let_in"]


def test_t7_a_strange_device_is_shut_out_at_once(phone: Phone) -> None:
    _, other = second(phone)
    judged(phone, "strange")
    assert other.get("/h").status_code == 404
    assert phone.get("/h").status_code == 200


def test_t7_a_session_ends_after_half_an_hour(phone: Phone) -> None:
    phone.enter()
    phone.wall.ahead = timedelta(minutes=29)
    assert phone.get("/h").status_code == 200
    phone.wall.ahead = timedelta(minutes=30)
    assert closed(phone, "/h")


def test_c12_guessing_is_slowed_down(phone: Phone) -> None:
    answers = [phone.get(f"/h/{number:043}").status_code for number in range(101)]
    assert answers[:100] == [404] * 100
    assert answers[100] == 429


def test_c18_pages_are_kept_nowhere_and_run_nothing(phone: Phone) -> None:
    token = phone.token()
    for page in (phone.get(f"/h/{token}"), phone.enter(token), phone.get("/h/word/accept")):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "<script" not in page.text
        assert not re.search(r"\son\w+=|\sstyle=", page.text)
