"""Lists of one's own and families: what is kept, for whom, and what nobody is shown."""

import re
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from models.base import new_id
from models.case import Case
from models.database import Database, vault_of
from models.family import FamilyLink, Separation
from models.person import Person
from models.saved_filter import MOST, SavedFilter, saved_of
from models.staff import Staff
from tests.api.pages.browser import NOW, Browser, served
from tests.api.pages.recording import a_case as with_person
from tests.models.test_access_queries import a_case


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A counsellor, at an empty house."""
    with served(database) as browser:
        yield browser.sign_in("counsellor")


def kept(browser: Browser, handle: str = "counsellor") -> list[tuple[str, str]]:
    """Names and filters of somebody's lists."""
    with browser.house.database.reading() as session:
        return [(name, filters) for _, name, filters in saved_of(session, handle)]


def test_a_list_is_kept_under_a_sealed_name_for_oneself_and_deleted_by_oneself_alone(browser: Browser) -> None:
    page = browser.get("/cases?country=TM&stage=&overdue=true&before=" + str(new_id()))
    page = browser.submit(page, "/cases/saved$", name="  Late in   Ashgabat ")
    assert kept(browser) == [("Late in Ashgabat", "country=TM&overdue=true")]
    assert page.url.query == b"country=TM&overdue=true"
    assert "Late in Ashgabat" in page.text
    renamed = {**browser.fields(page, "/forget$"), "filters": "overdue=true&country=TM", "name": "Ashgabat"}
    browser.http.post("/cases/saved", data=renamed)
    assert kept(browser) == [("Ashgabat", "country=TM&overdue=true")]
    with browser.house.database.reading() as session:
        row = session.exec(select(SavedFilter)).one()
        assert b"Ashgabat" not in (row.name or b"")
    browser.sign_in("supervisor")
    other = browser.get("/cases")
    assert "Ashgabat" not in other.text
    browser.http.post(f"/cases/saved/{row.id}/forget", data={"csrf": browser.fields(other, "/cases/search$")["csrf"]})
    assert len(kept(browser)) == 1
    browser.sign_in("counsellor")
    browser.submit(browser.get("/cases?country=TM&overdue=true"), "/forget$")
    assert kept(browser) == []


def test_a_list_that_cannot_be_kept_says_why_and_keeps_what_was_typed(browser: Browser) -> None:
    page = browser.get("/cases?mine=true&country=TM")
    for name, filters, words in (
        ("", "mine=true", "1 to 40 letters"), ("x" * 41, "mine=true", "1 to 40 letters"),
        ("Mine", "before=1&unheard=of&country=nowhere", "Choose filters first"),
    ):  # fmt: skip
        answer = browser.submit(page, "/cases/saved$", name=name, filters=filters)
        assert answer.status_code == 422
        assert words in answer.text
    with browser.house.database.unit_of_work() as session:
        session.add_all(SavedFilter(at=NOW, handle="counsellor", filters=f"owner=n{n}") for n in range(MOST))
    answer = browser.submit(page, "/cases/saved$", name="One more")
    assert answer.status_code == 422
    assert "Delete one first" in answer.text
    assert 'value="One more"' in answer.text
    assert len(kept(browser)) == MOST


def test_a_supervisor_filters_by_owner(browser: Browser) -> None:
    with browser.house.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=["counsellor"], supervisor="supervisor"))
        theirs, mine = a_case(session, "other").ref, a_case(session, "counsellor").ref
    assert 'id="owner"' not in browser.get("/cases").text
    page = browser.sign_in("supervisor").get("/cases?owner=other")
    assert theirs in page.text
    assert mine not in page.text
    assert "<option selected>other" in page.text


def families(session: Session, *cases: Case) -> None:
    """All of one family."""
    group = new_id()
    for case in cases:
        session.add(FamilyLink(case_id=case.id, at=NOW, by="elif", group_id=group, relation="spouse"))


def shown(browser: Browser, path: str) -> set[str]:
    """The cases that a page leads to."""
    return set(re.findall(r"/cases/(C-[0-9A-Z]{10})\"", browser.get(path).text))


def test_a_family_is_shown_with_those_whom_one_may_see_and_never_with_whom_one_must_never_meet(
    browser: Browser,
) -> None:
    first, second, third = (with_person(browser.house, number) for number in (1, 2, 3))
    with browser.house.database.unit_of_work() as session:
        one, two, three = (session.exec(select(Case).where(Case.ref == ref)).one() for ref in (first, second, third))
        hidden = a_case(session, "elif")
        families(session, one, two, three, hidden)
        secret = hidden.ref
    assert shown(browser, f"/cases/{first}") >= {second, third}
    assert browser.get("/cases").text.count("Family:") == 3
    assert secret not in browser.get(f"/cases/{first}").text + browser.get("/cases").text
    with browser.house.database.unit_of_work() as session:
        whose = session.exec(select(Person).where(Person.case_id == three.id)).first()
        row = Separation(case_id=three.id, journey=1, at=NOW, by="elif", person_id=whose and whose.id)
        vault_of(session).seal(row, other=first)
        session.add(row)
    for ref, others in ((first, {second, third}), (second, {first, third}), (third, {first, second})):
        assert not shown(browser, f"/cases/{ref}") & others
    assert "Family:" not in browser.get("/cases").text
