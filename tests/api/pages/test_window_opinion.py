"""In their window a person says what they think of the help, when it is asked, and once."""

from datetime import timedelta

from models.follow_up import MigrationIntention, Satisfaction
from tests.api.pages.test_window import OTHER, Held, held, rows

__all__ = ["held"]


def test_f29_what_is_asked_is_answered_once_and_what_is_left_open_stays_asked(held: Held) -> None:
    held.enter()
    assert "There is nothing to answer now." in held.browser.get("/w/opinion").text
    held.light.later(timedelta(days=370))
    held.light.say("check_in", {"about": "month_12", "channel": "phone", "reached": True, "safe": True})
    held.light.push()
    held.enter(language="fa")
    page = held.browser.get("/w/opinion")
    assert page.text.count("<fieldset") == 8
    for _ in range(2):
        held.browser.submit(page, "/w/opinion", overall="satisfied", community="a lot")
    (row,) = rows(held, Satisfaction)
    assert (row.point, row.by) == ("month_12", "person")
    assert rows(held, MigrationIntention) == []
    left = held.browser.get("/w/opinion")
    assert left.text.count("<fieldset") == 1
    assert held.browser.submit(left, "/w/opinion", intends="no").url.path == "/w/done/how"
    assert len(rows(held, MigrationIntention)) == 1
    fields = held.browser.fields(page, "/w/opinion")
    held.enter(OTHER)
    assert held.browser.get("/w/opinion").url.path == "/w"
    assert held.browser.http.post("/w/opinion", data={**fields, "intends": "yes"}).status_code == 403
