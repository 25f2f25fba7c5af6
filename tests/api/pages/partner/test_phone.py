"""The pages on a real phone's browser: 360 px wide, in Arabic and Persian, without JavaScript, small, large targets."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from api.pages.words import LANGUAGES
from models.database import Database
from tests.api.pages.partner.phone import Phone, phone_of

CHROMIUM = "/usr/bin/chromium"
MOST_BYTES = 60_000
SMALL = """() => [...document.querySelectorAll(
    'a.button, button, input:not([type=hidden]), select, textarea, .tasks a, .languages a, summary')]
  .filter(one => one.offsetParent !== null)
  .map(one => one.closest('label') || one)
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """An offer to a partner that reads Arabic."""
    with phone_of(database, language="ar") as phone:
        yield phone


@pytest.fixture
def screen() -> Iterator[Page]:
    """A browser of 360 px. JavaScript is on for our measuring only: the pages bring none."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
        yield page
        browser.close()


def look(screen: Page) -> None:
    """Nothing is cut off or too small, the direction is right, and one heading says where one is."""
    assert screen.evaluate("document.documentElement.scrollWidth") <= 360, screen.url
    assert screen.evaluate(SMALL) == [], screen.url
    assert screen.locator("html").get_attribute("dir") == "rtl"
    assert screen.locator("h1").count() == 1
    assert screen.locator("script").count() == 0


def test_a_partner_answers_in_arabic_on_a_phone(phone: Phone, screen: Page) -> None:
    screen.goto(f"{phone.url}/h/{phone.token()}")
    look(screen)
    screen.locator("form[action$='/code'] button").click()
    look(screen)
    screen.fill("#code", "000000" if phone.codes()[-1] != "000000" else "000001")
    screen.locator("form[action$='/open'] button").click()
    look(screen)
    screen.fill("#code", phone.codes()[-1])
    screen.keyboard.press("Enter")
    screen.wait_for_url(f"{phone.url}/h")
    look(screen)
    for name in ("ask", "decline", "accept"):
        screen.goto(f"{phone.url}/h/word/{name}")
        look(screen)
    screen.locator("main form.card > button").click()
    look(screen)
    assert screen.locator("#focal_point").get_attribute("aria-invalid") == "true"
    screen.fill("#focal_point", "AK")
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/said/**")
    look(screen)
    screen.locator("a.button").click()
    look(screen)
    assert phone.one.row().status == "accepted"


def test_every_language_fits(phone: Phone, screen: Page) -> None:
    token = phone.token()
    screen.goto(f"{phone.url}/h/{token}")
    screen.locator("form[action$='/code'] button").click()
    for language in LANGUAGES:
        screen.goto(f"{phone.url}/h/{token}?sent=1&language={language}")
        assert screen.locator("html").get_attribute("lang") == language
        assert screen.evaluate("document.documentElement.scrollWidth") <= 360, language
    screen.fill("#code", phone.codes()[-1])
    screen.keyboard.press("Enter")
    for language in LANGUAGES:
        screen.locator("details:last-of-type > summary").click()
        button = screen.locator(f"button[name=language][value={language}]")
        if button.count():
            button.click()
        for path in ("/h", "/h/word/accept", "/h/word/decline"):
            screen.goto(f"{phone.url}{path}")
            assert screen.locator("html").get_attribute("lang") == language
            assert screen.evaluate("document.documentElement.scrollWidth") <= 360, (language, path)
            assert screen.evaluate(SMALL) == [], (language, path)


def test_a_page_with_its_style_sheet_is_small(phone: Phone) -> None:
    token = phone.token()
    pages = [phone.get(f"/h/{token}"), phone.enter(token)]
    pages += [phone.get(f"/h/word/{name}") for name in ("accept", "ask", "decline")]
    sheet = len(phone.get(pages[0].text.split('rel="stylesheet" href="')[1].split('"')[0]).content)
    assert sheet <= 8_000
    for page in pages:
        assert len(page.content) + sheet <= MOST_BYTES, page.url
