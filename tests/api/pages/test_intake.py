"""An intake on short pages: nothing is kept before the consent, nothing typed is lost, and the case is opened once."""

import html
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from sqlmodel import func, select

from models.case import Case
from models.consent import Consent
from models.database import Database
from models.draft import Draft
from models.person import Contact, Person
from models.staff import Staff
from tests.api.pages.browser import Browser, served

CONTACT = {"contact.channel": "phone", "contact.address": "+905551234567", "contact.messages": ""}
CONSENT = {"data_consent.language": "ru", "data_consent.interpreter": "on"}
PERSON = {
    "principal.given_names": "Olena", "principal.family_name": "Kovalenko", "principal.native_name": "Олена Коваленко",
    "principal.born_on": "1996-02-03", "principal.sex": "F", "principal.nationality": "Ukrayna",
    "principal.language": "uk",
}  # fmt: skip
WHERE = {"country": "UA", "area": "Lviv"}
STEPS = ("contact", "consent", "identity", "family", "return")


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A counsellor."""
    with served(database) as browser:
        yield browser.sign_in("counsellor")


def fields(page: httpx.Response) -> dict[str, Any]:
    """Everything that the intake form of a page would send, as it stands."""
    form = page.text.split('action="/cases/new" enctype')[-1] if "enctype" in page.text else page.text
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if "name" in said and (said.get("type") not in ("checkbox", "radio", "file") or "checked" in tag):
            found[said["name"]] = html.unescape(said.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected|<option selected>([^<]*)<', options)
        found[name] = "".join(chosen[0]) if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        found[name] = html.unescape(text)
    return found


def begin(browser: Browser) -> httpx.Response:
    """The first page of a new intake."""
    return browser.http.post("/cases/new", data={**fields(browser.get("/cases/new")), "name": ""})


def go(browser: Browser, page: httpx.Response, typed: dict[str, Any], **button: str) -> httpx.Response:
    """Fill in a page and press a button."""
    sent = {**fields(page), **typed, **(button or {"_go": "next"})}
    return browser.http.post("/cases/new", data={name: text for name, text in sent.items() if text != ""},
                             follow_redirects=False)  # fmt: skip


def test_the_look_at_everything_shows_what_was_typed_without_a_tick(browser: Browser) -> None:
    assert CONTACT["contact.address"] in whole(browser).text


def whole(browser: Browser) -> httpx.Response:
    """As far as the look at everything."""
    page = begin(browser)
    for number, typed in enumerate((CONTACT, CONSENT, PERSON, {}, WHERE), 1):
        assert f"page {number} of 5" in page.text, page.text
        page = go(browser, page, typed)
    return page


def count(browser: Browser, kind: Any) -> int:
    """How many rows there are."""
    with browser.house.database.reading() as session:
        return session.exec(select(func.count()).select_from(kind)).one()


def test_a_case_is_opened_from_short_pages_and_a_look_at_everything(browser: Browser) -> None:
    check = whole(browser)
    assert check.status_code == 200
    for text in ("Olena", "Олена Коваленко", "+905551234567", "Lviv", "February 3, 1996", "Ukraine"):
        assert f">{text}<" in check.text
    assert count(browser, Case) == 0
    done = go(browser, check, {}, _send="1")
    assert done.status_code == 303
    again = go(browser, check, {}, _send="1")
    assert again.headers["location"] == done.headers["location"], "F29: a double click"
    assert re.fullmatch(r"/cases/C-\w{10}\?recorded=opened", done.headers["location"])
    assert (count(browser, Case), count(browser, Person)) == (1, 1)
    with browser.house.database.reading() as session:
        consent, contact = session.exec(select(Consent)).one(), session.exec(select(Contact)).one()
        assert (consent.text_version, consent.language) == ("data-1", "ru")
        assert (contact.channel, contact.messages) == ("phone", False)


def test_a_page_is_not_left_forward_while_something_is_wrong_and_backward_always(browser: Browser) -> None:
    page = begin(browser)
    wrong = go(browser, page, {"contact.channel": "email", "contact.address": "nobody"})
    assert wrong.status_code == 422
    assert 'href="#f-contact-address"' in wrong.text
    page = go(browser, go(browser, page, CONTACT), {"data_consent.language": "ka"})
    assert page.status_code == 422, "no text of ours in Georgian, and none named"
    back = go(browser, page, {}, _go="back")
    assert "+905551234567" in back.text


def test_nothing_is_kept_before_the_person_agreed_to_it(browser: Browser) -> None:
    page = go(browser, begin(browser), CONTACT, _save="1")
    assert page.status_code == 422
    assert "Without the consent" in page.text
    assert count(browser, Draft) == 0
    second = go(browser, go(browser, begin(browser), CONTACT), CONSENT)
    aside = go(browser, second, PERSON, _save="1")
    assert (aside.status_code, aside.headers["location"]) == (303, "/cases/new")
    (path,) = re.findall(r'href="(/cases/new/[^"]+)"', browser.get("/cases/new").text)
    resumed = browser.get(path)
    assert "page 3 of 5" in resumed.text
    assert "Olena" in resumed.text
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=["counsellor"]))
    assert browser.sign_in("other").get(path).status_code == 404
    page = browser.sign_in("counsellor").get(path)
    for typed in (PERSON, {}, WHERE):
        page = go(browser, page, typed)
    assert go(browser, page, {}, _send="1").status_code == 303
    assert count(browser, Draft) == 0


def test_a_family_member_is_added_without_javascript(browser: Browser) -> None:
    page = begin(browser)
    for typed in (CONTACT, CONSENT, PERSON):
        page = go(browser, page, typed)
    page = go(browser, page, {}, _add="dependants")
    child = {name.replace("principal", "dependants.0"): text for name, text in PERSON.items()}
    child |= {"dependants.0.given_names": "Danylo", "dependants.0.born_on": "2019-05-06", "dependants.0.sex": "M",
              "dependants.0.native_name": "", "dependants.0.relation": "child",
              "dependants.0.guardian": "principal"}  # fmt: skip
    check = go(browser, go(browser, page, child), WHERE)
    assert "Danylo" in check.text
    assert go(browser, check, {}, _send="1").status_code == 303
    assert count(browser, Person) == 2


def test_what_only_the_house_can_know_is_said_on_its_page(browser: Browser) -> None:
    go(browser, whole(browser), {}, _send="1")
    second = go(browser, whole(browser), {}, _send="1")
    assert second.status_code == 409
    assert "has an open case already" in second.text
    assert "Olena" in second.text
    page = begin(browser)
    for typed in (CONTACT, CONSENT, {**PERSON, "principal.born_on": "2031-01-01"}, {}, WHERE):
        page = go(browser, page, typed)
    future = go(browser, page, {}, _send="1")
    assert future.status_code == 422
    assert "page 3 of 5" in future.text


def test_the_text_of_the_consent_is_shown_in_the_persons_language(browser: Browser) -> None:
    page = go(browser, go(browser, begin(browser), CONTACT), {"data_consent.language": "ar"}, _go="show")
    assert '<section class="border rounded p-3 mb-3 narrow" lang="ar" dir="rtl">' in page.text


def test_a_name_is_searched_without_being_in_an_address(browser: Browser) -> None:
    go(browser, whole(browser), {}, _send="1")
    start = browser.get("/cases/new")
    token = fields(start)["csrf"]
    found = browser.http.post("/cases/new/search", data={"csrf": token, "name": "Коваленко"})
    assert "1 case found" in found.text
    assert found.url.path == "/cases/new/search"
    assert "Nobody of this name" in browser.http.post("/cases/new/search", data={"csrf": token, "name": "Zzyzx"}).text


def test_only_who_may_open_a_case_sees_the_pages_and_forged_ones_are_refused(browser: Browser) -> None:
    page = begin(browser)
    assert go(browser, page, {**CONTACT, "csrf": "forged"}).status_code == 403
    assert go(browser, page, {**CONTACT, "principal.is_admin": "1"}).status_code in (200, 422)
    for handle in ("medical_officer", "auditor", "operations"):
        assert browser.sign_in(handle).get("/cases/new").status_code == 403
    assert count(browser, Case) == 0


def test_a_field_that_no_page_asks_for_stops_the_case(browser: Browser) -> None:
    check = whole(browser)
    stopped = go(browser, check, {"principal.role": "supervisor"}, _send="1")
    assert stopped.status_code == 422
    assert count(browser, Case) == 0


def test_a_page_is_small(browser: Browser) -> None:
    page = begin(browser)
    for typed in (CONTACT, CONSENT, PERSON, {}):
        assert len(page.content) < 60_000
        page = go(browser, page, typed)
