"""Specialists at their pages, on the running product: the risk by two people, and the travel desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from api.cli.cast import Life
from models.stage import Stage
from tests.journeys.pages.conftest import Product
from tests.journeys.pages.screen import shot, violations

pytestmark = [pytest.mark.stack, pytest.mark.timeout(400)]


def a_life(**over: object) -> Life:
    """A woman on her way home."""
    names = {"given_names": "Zilola", "family_name": "Yusupova", "native_name": "Зилола Юсупова"}
    return Life("", "completed", "UZ", "Samarkand", **{**names, **over})  # type: ignore[arg-type]


def rate(page: Page) -> None:
    """The whole matrix: two by two everywhere, judged low."""
    for box in page.locator("select[name$='.likelihood'], select[name$='.impact']").all():
        box.select_option("2")
    page.locator("input[name=level][value=low]").check()
    page.locator("textarea[name=reason]").fill("What was heard of the place was weighed.")


def test_two_people_decide_on_a_risk_and_the_case_moves_on(product: Product) -> None:
    ref = product.open(a_life(stops=("risk_assessment", "risk_approval", "journey_plan")))
    product.until(lambda: product.asked(ref, "risk_assessment"))
    with product.window("protection_officer", "tr") as page:
        page.goto("/queues")
        page.get_by_role("row").filter(has_text=ref).get_by_role("link", name=re.compile("^Aç")).click()
        assert violations(page) == []
        page.get_by_role("link", name="Yeni değerlendirme").click()
        rate(page)
        shot(page, "risk-form")
        assert violations(page) == []
        page.get_by_role("button", name="Değerlendirmeyi kaydet").click()
        page.goto(f"/cases/{ref}/risk")
        expect(page.get_by_text("Karar ver", exact=True)).to_have_count(0)  # not by the assessor
    product.soon(lambda: product.asked(ref, "risk_approval"))
    with product.window("supervisor") as page:
        page.goto(f"/cases/{ref}/risk")
        shot(page, "risk-decision")
        assert violations(page) == []
        page.get_by_label("Yes, I approve it").check()
        page.get_by_role("button", name="Decide").click()
    product.soon(lambda: (row := product.standing(ref, Stage.RISK_ASSESSMENT)) and row.kind == "Done")


def test_the_travel_desk_plans_a_journey_and_sees_the_offers_weighed(product: Product) -> None:
    ref = product.open(a_life(given_names="Nodira", family_name="Karimova", stops=("journey_plan",)))
    product.until(lambda: product.asked(ref, "journey_plan"))
    with product.window("movement_officer") as page:
        page.goto("/queues/movement_officer")
        page.get_by_role("row").filter(has_text=ref).first.get_by_role("button", name="Take").click()
        page.get_by_role("row").filter(has_text=ref).get_by_role("link", name=re.compile("Journey plan")).click()
        page.locator("[name=origin]").fill("IST")
        page.locator("[name=destination]").fill("TAS")
        day = product.play.clock.now().date().toordinal() + 20
        page.locator("[name=depart_on]").fill(type(product.play.clock.now().date()).fromordinal(day).isoformat())
        page.get_by_role("button", name="Record").click()
        product.soon(lambda: (row := product.standing(ref, Stage.FLIGHT_BOOKING)) and row.kind != "Asking")
        product.until(lambda: "booking.ticketed" in product.play.codes(ref))
        page.goto(f"/cases/{ref}/travel")
        expect(page.get_by_text("Best by the rules")).to_be_visible()
        shot(page, "travel-desk")
        assert violations(page) == []
