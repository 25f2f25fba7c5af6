"""A real browser on the running product: Debian's Chromium, axe, and screenshots where somebody asked for them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = (1366, 900), (360, 740)


def chromium() -> str:
    """Debian's browser; in CI it may not be missing."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("CI"):
        raise RuntimeError("chromium is missing, and CI skips nothing: install the Debian package chromium")
    if found is None:
        pytest.skip("chromium is not installed here")
    return found


@contextmanager
def browsing() -> Iterator[Browser]:
    """The browser while the block lasts."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@cache
def axe_script() -> str:
    """The source of axe-core."""
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA: rule, help, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{page.url}: {one['id']}: {one['help']}: {', '.join(node['target'][0] for node in one['nodes'][:3])}"
        for one in found["violations"]
    ]  # fmt: skip


def overflows(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def shot(page: Page, name: str) -> None:
    """A picture of the page, where SILA_SCREENSHOTS names a folder."""
    folder = os.environ.get("SILA_SCREENSHOTS")
    if folder:
        path = Path(folder) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True)
