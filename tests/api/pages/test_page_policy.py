"""G9, T14: every page of a case asks the policy, whoever adds one, and tells nothing to whoever the policy refuses."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from sqlmodel import func, select

from models.access import Act, may
from models.case import Case
from models.database import Database, vault_of
from models.event import Event
from models.person import Contact, Person
from models.queries.access import relations_of
from models.staff import Staff
from models.stage import Role
from tests.api.pages.browser import NOW, Browser, served
from tests.api.pages.recording import a_case
from tests.api.pages.test_every_route import filled, page_routes
from workflows.records import FACTS
from workflows.records.acts import act_of

NOBODYS = "C-0000000000"
# Anybody of ours may withdraw and report (L4): the question is the same for every reference, and recording tells.
# Emergency access asks alike for every reference, and tells only whoever gave a reason and a second factor (C4).
FOR_ALL = {"/cases/{ref}/withdraw", "/cases/{ref}/break-glass"}
STRANGERS = (
    "other", "movement_officer", "medical_officer", "shelter_partner", "receiving_partner", "administrator",
)  # fmt: skip
READERS = (Role.OPERATIONS, Role.AUDITOR, Role.MONITORING)
House = tuple[Browser, str]


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    """A case of one counsellor, and another counsellor who has nothing to do with it."""
    with served(database) as browser:
        ref = a_case(browser.house)
        with database.unit_of_work() as session:
            session.add(Staff(handle="other", roles=["counsellor"]))
        yield browser, ref


def strangers(browser: Browser, ref: str) -> list[str]:
    """Those of them who have no tie to the case that lets them see it."""
    with browser.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        rows = [session.exec(select(Staff).where(Staff.handle == handle)).one() for handle in STRANGERS]
        return [row.handle for row in rows if not may(row, Act.SEE, relations_of(session, row, case, NOW))]


def paths(method: str) -> list[str]:
    """Every page of a case."""
    return sorted({route.path for route in page_routes() if "{ref}" in route.path and method in route.methods})


def told(answer: httpx.Response, ref: str) -> tuple[int, str]:
    """What an answer says, but for the reference that was asked for and the token of the form."""
    said = answer.headers.get("location", "") + answer.text
    return answer.status_code, re.sub(r'name="csrf" value="[^"]*"', "", said.replace(ref, "REF"))


def known(ref: str) -> dict[str, str]:
    """What stands in addresses beside the reference: of this case where there is something."""
    kind = next(kind for kind in FACTS if act_of(kind) is Act.RECORD)
    return {"ref": ref, "kind": kind, "handover_id": str(uuid4()), "print_id": str(uuid4())}


def test_t14_no_page_tells_a_stranger_that_a_case_exists(house: House) -> None:
    browser, ref = house
    outside = strangers(browser, ref)
    assert {"other", "administrator", "receiving_partner", "shelter_partner"} <= set(outside)
    for handle in outside:
        browser.sign_in(handle)
        for path in paths("GET"):
            places = known(ref)
            real, none = (
                told(browser.http.get(filled(path, {**places, "ref": one}), follow_redirects=False), one)
                for one in (ref, NOBODYS)
            )
            assert real == none, (handle, path)
            assert real[0] in ((200, 403) if path in FOR_ALL else (403, 404)), (handle, path)


@pytest.mark.parametrize("handle", ["other", "administrator"])
def test_t14_no_form_works_for_a_stranger_nor_tells_that_a_case_exists(house: House, handle: str) -> None:
    browser, ref = house
    browser.sign_in(handle)
    token = browser.fields(browser.get("/"), "/sign-out")["csrf"]
    before = events(browser)
    for path in set(paths("POST")) - FOR_ALL:
        places = known(ref)
        real, none = (
            told(browser.http.post(filled(path, {**places, "ref": one}), data={"csrf": token}), one)
            for one in (ref, NOBODYS)
        )
        assert real == none, (handle, path)
        assert real[0] in (403, 404, 422), (handle, path)
    assert events(browser) == before


def events(browser: Browser) -> int:
    """How much has happened."""
    with browser.house.database.reading() as session:
        return session.exec(select(func.count()).select_from(Event)).one()


def test_l4_a_stranger_withdraws_and_reads_nothing_of_the_case(house: House) -> None:
    browser, ref = house
    page = browser.sign_in("other").get(f"/cases/{ref}/withdraw")
    done = browser.submit(page, "/withdraw$")
    assert done.status_code == 200
    assert ref in done.text
    assert "What is to be done" not in done.text
    assert f'href="/cases/{ref}' not in done.text
    assert browser.get(f"/cases/{ref}/withdrawn").status_code == 404
    with browser.house.database.reading() as session:
        assert session.exec(select(Case).where(Case.ref == ref)).one().withdrawn_at == NOW
    unknown = browser.submit(browser.get(f"/cases/{NOBODYS}/withdraw"), "/withdraw$")
    assert unknown.status_code == 404  # a slip of the finger is said, and never looks like a withdrawal
    assert "No case of this reference" in unknown.text


def test_nothing_is_said_to_be_withdrawn_that_is_not(house: House) -> None:
    browser, ref = house
    answer = browser.sign_in("counsellor").http.get(f"/cases/{ref}/withdrawn", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{ref}")


def test_g9_who_may_read_the_process_alone_is_shown_nobody(house: House) -> None:
    browser, ref = house
    secret = secrets_of(browser, ref)
    assert len(secret) >= 3
    for role in READERS:
        browser.sign_in(role.value)
        for path in paths("GET"):
            answer = browser.http.get(filled(path, known(ref)))
            found = [one for one in secret if one in answer.text]
            assert not found, (role, path)
            assert "Who has read" not in answer.text or role is Role.AUDITOR, (role, path)


def secrets_of(browser: Browser, ref: str) -> list[str]:
    """What of the people must not be seen: their names, and how they are reached."""
    with browser.house.database.reading() as session:
        case = session.exec(select(Case).where(Case.ref == ref)).one()
        people = session.exec(select(Person).where(Person.case_id == case.id)).all()
        ways = session.exec(select(Contact).where(Contact.case_id == case.id)).all()
        vault = vault_of(session)
        names = [vault.open(one, name) for one in people for name in ("given_names", "family_name", "native_name")]
        return [text for text in (*names, *(vault.open(one, "address") for one in ways)) if text]
