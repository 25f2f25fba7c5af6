"""A receiving partner on a phone, in Arabic: from the message to the receipt, on the running product."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from api.cli.cast import Life
from api.cli.furniture import PHONE_AREA, PHONE_PARTNER
from models.stage import Stage
from tests.journeys.pages.conftest import Product
from tests.journeys.pages.screen import PHONE, overflows, shot, violations

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]
NAME = "Hassan"


def links(product: Product, base: str = "/h") -> list[str]:
    """Every link of a kind that came by e-mail, oldest first."""
    texts = [mail["text"] for mail in product.play.world.mails() if "salma" in " ".join(mail["to"])]
    return re.findall(rf"({base}/[\w-]{{20,}})", " ".join(texts))


def codes(product: Product) -> list[str]:
    """Every code that came by text message."""
    texts = [one["text"] for one in product.play.world.truth()["sms"]["messages"] if one["to"] == "+9647701234567"]
    return [found for text in texts for found in re.findall(r"\b\d{6}\b", text)]


def looked_at(page: Page, name: str) -> None:
    """As the reader sees it: right to left, nothing cut off, nothing that axe minds."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert not overflows(page), page.url
    shot(page, f"partner-{name}")
    assert violations(page) == []


def enter(product: Product, page: Page, base: str = "/h") -> None:
    """By the newest link, with a code on the phone."""
    before = len(codes(product))
    page.goto(links(product, base)[-1])
    looked_at(page, "entrance")
    page.locator("form[action$='/code'] button").click()
    product.soon(lambda: len(codes(product)) > before)
    page.locator("#code").fill(codes(product)[-1])
    page.locator("form[action$='/open'] button").click()
    expect(page).to_have_url(re.compile(f"{base}$"))


def tell_of_the_place(product: Product, page: Page) -> None:
    """What the partner knows of the place, before anybody is named to it."""
    enter(product, page, "/p")
    looked_at(page, "place")
    assert NAME not in page.content()
    page.locator("[name=safe][value=yes]").check()
    page.locator("[name=note_code][value=no_known_risk]").check()
    page.locator("form[action$='/check'] button").click()
    looked_at(page, "place-check")
    page.locator("form[action$='/answer'] button").click()
    expect(page).to_have_url(re.compile(r"/p/said/"))
    assert violations(page) == []


def say(page: Page, word: str) -> None:
    """Open a form of the handover."""
    page.goto("/h")
    page.locator(f"a[href='/h/word/{word}']").click()
    looked_at(page, word)


def sent(page: Page) -> None:
    """Send the form that is open; a page says what came of it."""
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(r"/h/said/"))
    assert violations(page) == []


def test_a_partner_in_arabic_goes_from_the_message_to_the_receipt(product: Product) -> None:
    life = Life("", "completed", "IQ", PHONE_AREA, "Noor", NAME, "نور حسن", vulnerable=True, partner=PHONE_PARTNER)
    ref = product.open(life)
    product.until(lambda: links(product, "/p"), 150)
    with product.window(language="ar", size=PHONE) as page:
        tell_of_the_place(product, page)
        product.until(lambda: links(product), 150)
        enter(product, page)
        looked_at(page, "offer")
        assert NAME not in page.content()
        say(page, "accept")
        page.locator("[name=focal_point]").fill("RK-7")
        sent(page)
        product.until(lambda: departed(product, ref), 200)
        enter(product, page)
        say(page, "arrival")
        there = product.play.clock.now() + timedelta(hours=3)
        page.locator("[name=day]").fill(there.date().isoformat())
        page.locator("[name=time]").fill("12:00")
        page.locator("[name=met][value=yes]").check()
        sent(page)
        say(page, "received")
        page.locator("[name=sure]").check()
        sent(page)
        page.goto("/h")
        looked_at(page, "received")
        with page.expect_response(re.compile("/receipt$")) as answer:
            page.locator("form[action$='/receipt'] button").click()
        assert answer.value.headers["content-type"] == "application/pdf"


def departed(product: Product, ref: str) -> bool:
    """Whether the person is on the way, as the case says."""
    row = product.standing(ref, Stage.DEPARTURE)
    return row is not None and row.kind == "Done"
