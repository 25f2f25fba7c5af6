"""Signing in by the page, as everybody does, and walking through the pages by keyboard."""

import pytest
from playwright.sync_api import expect

from models.clock import wall
from tests.journeys.pages.conftest import Product
from tests.journeys.pages.screen import shot, violations
from workflows.demo_account import DEMO_PASSWORD, current_code

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]


def test_somebody_signs_in_with_two_factors_by_keyboard_alone(product: Product) -> None:
    with product.window() as page:
        page.goto("/queues")
        expect(page).to_have_url(f"{product.url}/sign-in?next=%2Fqueues")
        shot(page, "sign-in")
        assert violations(page) == []
        page.locator("[name=handle]").focus()
        page.keyboard.type("supervisor")
        page.keyboard.press("Tab")
        page.keyboard.type(DEMO_PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#code")).to_be_visible()
        assert violations(page) == []
        with product.play.database.reading() as session:
            code = current_code(session, "supervisor", wall())
        page.locator("#code").focus()
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{product.url}/queues/supervisor")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "tr"])
def test_nothing_that_staff_open_has_a_fault_that_axe_finds(product: Product, language: str) -> None:
    paths = {
        "counsellor": ["/", "/cases", "/queues", "/cases/new", "/account"],
        "operations": ["/operations", "/operations/messages"], "administrator": ["/staff", "/staff/new"],
        "supervisor": ["/queues/supervisor"],
    }  # fmt: skip
    for handle, places in paths.items():
        with product.window(handle, language) as page:
            for path in places:
                answer = page.goto(path)
                assert answer is not None
                assert answer.status == 200, path
                assert violations(page) == []
                shot(page, f"{language}-{handle}{path.replace('/', '-')}")
