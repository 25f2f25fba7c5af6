"""A counsellor's day on the running product: a case from its first page on, an answer, a search, another withdraws."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from api.cli.cast import Life
from models.case import Case
from models.effect import Effect
from models.stage import Stage
from tests.journeys.pages.conftest import Product
from tests.journeys.pages.screen import shot, violations

pytestmark = [pytest.mark.stack, pytest.mark.timeout(500)]
NAME, NATIVE = "Kovalenko", "Олена Коваленко"


def looked_at(page: Page, name: str) -> None:
    """A picture, and what axe says."""
    shot(page, f"counsellor-{name}")
    assert violations(page) == []


def go_on(page: Page) -> None:
    """The next page of the intake."""
    page.locator("button.btn-primary[name=_go][value=next]").click()


def take_in(page: Page) -> None:
    """The short pages of an intake, as the person answers."""
    page.goto("/cases/new")
    page.locator("#name").fill(NATIVE)
    page.get_by_role("button", name="Search").click()  # a person who is known already would be found here
    page.get_by_role("button", name="Begin a new intake").click()
    page.locator("[name='contact.channel'][value=sms]").check()
    page.locator("[name='contact.address']").fill("+905551234567")
    looked_at(page, "intake-contact")
    go_on(page)
    page.locator("[name='data_consent.language']").select_option("ru")
    looked_at(page, "intake-consent")
    go_on(page)
    page.locator("[name='principal.given_names']").fill("Olena")
    page.locator("[name='principal.family_name']").fill(NAME)
    page.locator("[name='principal.native_name']").fill(NATIVE)
    page.locator("[name='principal.born_on']").fill("1996-02-03")
    page.locator("[name='principal.sex'][value=F]").check()
    page.locator("[name='principal.nationality']").fill("Ukraine")
    page.locator("[name='principal.language']").select_option("uk")
    go_on(page)
    go_on(page)
    page.locator("[name=country]").fill("Georgia")
    page.locator("[name=area]").fill("Batumi")
    go_on(page)
    looked_at(page, "intake-check")


def test_a_counsellors_day(product: Product) -> None:
    with product.window("counsellor") as page:
        take_in(page)
        page.get_by_role("button", name="Open the case").click()
        page.wait_for_url(re.compile(r"/cases/C-[0-9A-Z]{10}"))
        ref = re.findall(r"C-[0-9A-Z]{10}", page.url)[0]
        product.soon(lambda: product.standing(ref, Stage.INTAKE))
        page.reload()
        expect(page.get_by_text(NATIVE).first).to_be_visible()
        looked_at(page, "case")
        for door in ("timeline", "sharing", "documents", "messages", "handovers", "notes", "team", "record",
                     "record/counselling_session", "record/best_interests", "record/threat"):  # fmt: skip
            answer = page.goto(f"/cases/{ref}/{door}")
            assert answer is not None
            assert answer.status == 200 or door == "record/best_interests", door
            looked_at(page, f"case-{door.replace('/', '-')}")
        page.goto("/")
        looked_at(page, "home")
        page.goto("/cases")
        page.locator("#q").fill("Коваленко")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("link", name=ref)).to_be_visible()
        assert "%D0" not in page.url  # a name stands in no address
        looked_at(page, "found")


def test_a_person_with_a_ticket_withdraws_at_a_click_and_everything_is_taken_back(product: Product) -> None:
    names = {"given_names": "Ogulgerek", "family_name": "Annayeva", "native_name": "Ogulgerek Annaýewa"}
    ref = product.open(Life("", "stays", "TM", "Mary", **names, vulnerable=True, stops=("reconfirmation",)))
    product.until(lambda: "booking.ticketed" in product.play.codes(ref), 200)
    with product.window("counsellor", "tr") as page:
        page.goto(f"/cases/{ref}")
        looked_at(page, "case-with-a-ticket")
        page.get_by_role("link", name="Kişi vazgeçiyor").click()
        looked_at(page, "withdraw")
        page.get_by_role("button", name="Kişinin vazgeçtiğini kaydet").click()
        expect(page.get_by_role("heading", name="Kişinin vazgeçtiği kaydedildi")).to_be_visible()
        assert violations(page) == []
    product.until(lambda: {"cancel_booking", "recall_handover"} <= done(product, ref))


def done(product: Product, ref: str) -> set[str]:
    """What was confirmed outside for a case in the last hours."""
    since = datetime.now(UTC) - timedelta(days=1)
    with product.play.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        rows = session.exec(select(Effect).where(Effect.case_id == case.id, Effect.at > since))
        return {row.action for row in rows if row.state.value == "confirmed"}
