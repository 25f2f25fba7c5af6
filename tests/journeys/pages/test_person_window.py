"""The person whose case it is, on a phone, in Persian: from the paper with the link to the check-in."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from api.cli.cast import Life
from models.case import Case
from models.follow_up import CheckIn
from tests.journeys.pages.conftest import Product
from tests.journeys.pages.screen import PHONE, overflows, shot, violations

pytestmark = [pytest.mark.stack, pytest.mark.timeout(500)]
PIN, PERSIAN = "394817", "۳۹۴۸۱۷"


def looked_at(page: Page, name: str) -> None:
    """Right to left, nothing cut off, nothing that axe minds, and no word that tells what it is."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert not overflows(page), page.url
    assert not re.search(r"IOM|Sıla|بازگشت داوطلبانه|قاچاق", page.title())
    shot(page, f"person-{name}")
    assert violations(page) == []


def given(product: Product, ref: str) -> str:
    """The counsellor gives the window in the room; the address is shown once."""
    with product.window("counsellor") as page:
        page.goto(f"/cases/{ref}/window")
        assert violations(page) == []
        page.locator("#pin").fill(PIN)
        page.locator("#safe").check()
        page.get_by_role("button", name="Give a new window").click()
        found = re.findall(r"/w/in/[\w-]+", page.content())
    assert found
    return found[0]


def test_a_person_answers_a_check_in_in_persian(product: Product) -> None:
    life = Life("", "completed", "AF", "Herat", "Maryam", "Ahmadi", "مریم احمدی", language="fa", stops=("check_in",))
    ref = product.open(life)
    product.until(lambda: product.asked(ref, "check_in"), 300)
    address = given(product, ref)
    with product.window(language="fa", size=PHONE) as page:
        page.goto(address + "?l=fa")
        looked_at(page, "entrance")
        page.locator("[name=pin]").fill(PERSIAN)
        page.locator("main form button").first.click()
        page.wait_for_url(re.compile(r"/w(/home)?$"))
        looked_at(page, "home")
        page.locator("a[href='/w/how']").click()
        looked_at(page, "check-in")
        for box in page.locator(
            "main form input[type=radio][value=yes], main form input[type=radio][value=safe]"
        ).all():
            box.check()
        page.locator("main form button").first.click()
        looked_at(page, "check-in-done")
    product.soon(lambda: answered(product, ref))


def answered(product: Product, ref: str) -> bool:
    """Whether the check-in is recorded as the person's own word."""
    with product.play.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        return any(row.by == "person" for row in session.exec(select(CheckIn).where(CheckIn.case_id == case.id)))
