"""What the first page counts is what its list shows: every tile, over cases of which each has something else."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models.case import Case
from models.database import Database
from models.deadline import Deadline, Sort
from models.question import Question, StandingRow
from models.signed_in import begin
from models.staff import Staff
from models.stage import Role, Stage
from tests.api.pages.browser import NOW, Browser, served
from tests.models.test_access_queries import a_case

HOUR = timedelta(hours=1)


@pytest.fixture
def browser(database: Database) -> Iterator[Browser]:
    """A counsellor with cases, two of each kind, and one of somebody else for each."""
    with served(database) as browser:
        with database.unit_of_work() as session:
            session.add(Staff(handle="other", roles=["counsellor"]))
            for owner in ("counsellor", "counsellor", "other"):
                for make in (asks, soon, is_late, escalated, answered, waits):
                    case = a_case(session)
                    case.owner = owner
                    make(session, case)
        yield browser.sign_in("counsellor")


def question(session: Session, case: Case, **more: object) -> None:
    """Something is asked of a counsellor."""
    known = {"until": NOW + timedelta(days=9), "case_id": case.id, "at": NOW, "by": "sila", "journey": 1}
    session.add(Question(**{**known, "stage": Stage.INTAKE, "kind": "screening", "role": Role.COUNSELLOR, **more}))


def limit(session: Session, case: Case, **more: object) -> None:
    """Somebody must have acted by then."""
    known = {"case_id": case.id, "at": NOW, "by": "sila", "journey": 1, "stage": Stage.INTAKE, "sort": Sort.QUESTION,
             "kind": "screening", "owner": "counsellor", "since": NOW - 2 * HOUR, "then": "escalate"}  # fmt: skip
    session.add(Deadline(**{**known, **more}))


def asks(session: Session, case: Case) -> None:
    """Without haste."""
    question(session, case)


def soon(session: Session, case: Case) -> None:
    """The day after tomorrow."""
    question(session, case, until=NOW + timedelta(days=2))


def is_late(session: Session, case: Case) -> None:
    """Over, and not looked at since."""
    limit(session, case, until=NOW - HOUR)


def escalated(session: Session, case: Case) -> None:
    """Missed, and with somebody else until tomorrow: late all the same. What was met, is void or paused is not."""
    limit(session, case, until=NOW + timedelta(days=1), overdue_at=NOW - HOUR, escalations=[["supervisor", "now"]])
    for ended in ("met_at", "voided_at", "paused_at"):
        other = a_case(session)
        other.owner = case.owner
        limit(session, other, until=NOW - HOUR, overdue_at=NOW - HOUR, **{ended: NOW})


def answered(session: Session, case: Case) -> None:
    """By a colleague an hour ago."""
    question(session, case, answered_at=NOW - HOUR, answered_by="medical_officer")


def waits(session: Session, case: Case) -> None:
    """For a partner."""
    session.add(StandingRow(case_id=case.id, stage=Stage.PARTNER_HANDOVER, kind="Waiting", on="partner",
                            why={"code": "handover.waiting"}, since=NOW))  # fmt: skip


def tiles(browser: Browser) -> dict[str, int]:
    """Each tile's address and number."""
    found = re.findall(r'class="tile[^"]*" href="([^"]+)"><span class="fs-3">(\d+)', browser.get("/").text)
    return {path: int(number) for path, number in found}


def test_each_tile_leads_to_the_list_that_it_counts(browser: Browser) -> None:
    found = tiles(browser)
    assert {path: number for path, number in found.items() if number} == {
        "/cases?asked=true": 4, "/cases?near=true": 2, "/cases?overdue=true": 4, "/cases?answered=true": 2,
        "/cases?waits_for=partner": 2,
    }  # fmt: skip
    for path, number in found.items():
        refs = set(re.findall(r"/cases/(C-[0-9A-Z]{10})", browser.get(path).text))
        assert len(refs) == number, path
    with browser.house.database.reading() as session:
        theirs = set(session.exec(select(Case.ref).where(Case.owner == "counsellor")))
    assert refs <= theirs


def test_what_is_new_is_new_since_the_last_visit_and_not_since_a_session_of_today(browser: Browser) -> None:
    with browser.house.database.unit_of_work() as session:
        case = a_case(session)
        case.owner = "counsellor"
        question(session, case, answered_at=NOW - timedelta(days=2), answered_by="medical_officer")
    assert tiles(browser)["/cases?answered=true"] == 2
    for ago, new in ((timedelta(days=3), 3), (HOUR / 2, 3), (9 * HOUR, 2)):
        with browser.house.database.unit_of_work() as session:
            begin(session, "counsellor", NOW - ago)
        assert tiles(browser)["/cases?answered=true"] == new, ago
        assert (case.ref in browser.get("/cases?answered=true").text) == (new == 3)
