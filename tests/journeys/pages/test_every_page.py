"""Every page of the application, in the languages and both directions of its readers: axe, WCAG 2.2 AA."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from models.database import Database
from tests.journeys.pages.readers import full_house
from tests.journeys.pages.rounds import Visit, all_visits, page_routes
from tests.journeys.pages.screen import axe_script, browsing, violations

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]
RTL = ("ar", "fa", "ur")


@pytest.fixture
def screen() -> Iterator[Page]:
    """One page in one browser, for all of them."""
    with browsing() as browser:
        page = browser.new_page(viewport={"width": 1024, "height": 800})
        page.add_init_script(axe_script())
        yield page


def looked_at(screen: Page, url: str, visit: Visit) -> list[str]:
    """What is the matter with a page: it does not open, its language or direction is another, or axe minds."""
    screen.context.clear_cookies()
    screen.context.add_cookies([{"name": name, "value": value, "url": url} for name, value in visit.cookies.items()])
    screen.set_extra_http_headers({"Accept-Language": visit.language})
    answer = screen.goto(url + visit.path)
    if answer is None or answer.status != 200 or screen.url != url + visit.path:
        return [f"{visit.route} ({visit.path}): {answer and answer.status} {screen.url}"]
    html = screen.locator("html")
    said = (html.get_attribute("lang"), html.get_attribute("dir") or "ltr")
    wanted = (visit.language, "rtl" if visit.language in RTL else "ltr")
    wrong = [] if said == wanted else [f"{visit.path}: {said} in place of {wanted}"]
    return [*wrong, *(f"{visit.language} {one}" for one in violations(screen))]


def test_axe_finds_nothing_on_any_page_in_any_direction(database: Database, screen: Page) -> None:
    seen: Counter[str] = Counter()
    languages: set[tuple[str, str]] = set()
    faults: list[str] = []
    with full_house(database) as readers:
        for visit in all_visits(readers):
            faults += looked_at(screen, readers.url, visit)
            seen[visit.route] += 1
            languages.add((visit.route, visit.language))
    print(f"\n{len(seen)} pages, {len(languages)} pages × languages, {seen.total()} views")  # noqa: T201
    assert not faults, "\n".join(faults)
    assert set(seen) == page_routes()
