"""The inbox of an account, a new link by our staff, and the receipt."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from models.database import Database
from models.effect import Effect
from models.event import Event
from models.handover import Partner
from models.link import Link, LinkPurpose
from models.signed_in import SignedIn, begin
from models.staff import Staff
from models.stage import Role
from tests.api.pages.partner.phone import MAIL, PHONE, Phone, everything, phone_of
from tests.journeys.office import by
from workflows import commands
from workflows.messages.outbox import post_waiting


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """A case that was offered; an account of its partner, of another one, and of ours."""
    with phone_of(database) as phone:
        with database.unit_of_work() as session:
            for handle, partner in (("amina", "nadia"), ("tomas", "tariq")):
                session.add(Staff(handle=handle, roles=[Role.RECEIVING_PARTNER.value], partner=partner))
            session.add(Staff(handle="boss", roles=[Role.SUPERVISOR.value]))
            session.add(Staff(handle="medic", roles=[Role.MEDICAL_OFFICER.value]))
        yield phone


def as_(phone: Phone, handle: str) -> Phone:
    """Somebody signed in, at a browser of their own."""
    browser = phone.another()
    with phone.one.house.database.unit_of_work() as session:
        browser.http.cookies.set("sila", begin(session, handle, phone.wall()))
    return browser


def test_an_inbox_holds_its_partners_handovers_and_nobody_elses(phone: Phone) -> None:
    mine, theirs = as_(phone, "amina"), as_(phone, "tomas")
    page = mine.get("/inbox")
    path = f"/inbox/{phone.one.row().id}"
    assert path in page.text
    assert "Waits for your answer" in page.text
    assert "Nothing waits for you" in theirs.get("/inbox").text
    assert theirs.get(path).status_code == 404
    assert theirs.http.post(f"{path}/word/accept", data={"once": "0" * 32}).status_code == 404
    assert as_(phone, "boss").get("/inbox").status_code == 403
    assert phone.http.get("/inbox", follow_redirects=False).status_code == 303


def test_a_word_from_the_inbox_is_heard_as_one_from_a_link(phone: Phone) -> None:
    desk, path = as_(phone, "amina"), f"/inbox/{phone.one.row().id}"
    before = everything(phone.one.house.database)
    form = desk.get(f"{path}/word/accept")
    assert everything(phone.one.house.database) == before
    page = desk.submit(form, "/word/accept$", focal_point="AM")
    assert "Thank you" in page.text
    assert phone.one.row().focal_point == "AM"
    assert "amina" in page.text  # who looks at it stands on the page
    other = desk.submit(form, "/language$", language="fa")
    assert '<html lang="fa" dir="rtl">' in other.text


def test_staff_send_a_new_link_and_the_last_one_ends(phone: Phone) -> None:
    old, boss = phone.token(), as_(phone, "boss")
    phone.enter(old)
    with phone.one.house.database.unit_of_work() as session:
        session.get_one(Partner, "nadia").name = "Nadia House"
    listed = boss.get(f"/cases/{phone.one.ref}/handovers")
    assert "Nadia House" in listed.text
    for path in ("sharing", "record/receiving_partner"):
        assert "Nadia House" in boss.get(f"/cases/{phone.one.ref}/{path}").text
    assert "good until" in listed.text
    assert not any(secret in listed.text for secret in (MAIL, PHONE, "Annayeva"))
    assert boss.submit(listed, "/link$", csrf="x").status_code == 403
    assert "A new link is on its way" in boss.submit(listed, "/link$").text
    assert phone.token() != old
    assert phone.get(f"/h/{old}").status_code == 404
    assert phone.get("/h").status_code == 404
    assert phone.enter().status_code == 200
    medic = as_(phone, "medic")
    path = f"/cases/{phone.one.ref}/handovers/{phone.one.row().id}/link"
    assert medic.http.post(path, data={"csrf": token_of(phone, "medic")}).status_code in (403, 404)
    assert medic.get(f"/cases/{phone.one.ref}/handovers").status_code in (403, 404)
    assert len([one for one in phone.one.rows(Link) if one.purpose is LinkPurpose.PARTNER_HANDOVER]) == 2
    sent = [one.by for one in phone.one.rows(Event) if one.kind == "link.sent"]
    assert sent == ["sila", "sila", "boss"]  # the first asked about the place


def token_of(phone: Phone, handle: str) -> str:
    """The token of somebody's forms: of their newest session."""
    return next(one.csrf for one in reversed(phone.one.rows(SignedIn)) if one.staff_handle == handle)


def test_the_receipt_is_a_pdf_once_the_person_is_there(database: Database) -> None:
    with phone_of(database, goes_on=True) as phone:
        phone.enter()
        phone.say("accept", focal_point="AK")
        phone.one.until(lambda: phone.one.facts().departed)
        phone.one.later(timedelta(hours=12))
        phone.enter()
        page = phone.say("arrival", day=phone.one.now.date().isoformat(), time="00:10", met="yes")
        assert "The arrival is confirmed" in page.text
        made: httpx.Response = phone.submit(phone.get("/h"), "/receipt$")
        assert made.headers["content-type"] == "application/pdf"
        assert made.content.startswith(b"%PDF")
        assert phone.one.ref.encode() not in made.content


def test_a_recalled_handover_ends_the_links_and_tells_the_partner_neutrally(phone: Phone) -> None:
    token = phone.token()
    commands.withdraw(phone.one.house, phone.one.ref, by(Role.COUNSELLOR))
    phone.one.until(lambda: phone.one.row().status == "withdrawn")
    phone.token()  # post what waits
    assert "is closed" in phone.mail.mails[-1].text
    assert phone.get(f"/h/{token}").status_code == 404
    states = {one.state.value for one in phone.one.rows(Effect) if one.action == "recall_handover"}
    assert states == {"confirmed"}


def test_a_partner_with_accounts_is_sent_to_its_inbox_and_no_link_is_made(database: Database) -> None:
    with phone_of(database, way="account") as phone:
        post_waiting(phone.one.house)
        assert "/inbox" in phone.mail.mails[-1].text
        assert phone.one.rows(Link) == []
        assert phone.one.row().status == "offered"
