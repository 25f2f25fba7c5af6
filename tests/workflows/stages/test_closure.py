"""Nothing is closed over an open end; a victim's case needs a second person; an open case always has a next step."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stage import MAP, Role, Stage
from tests.factories import DAY, NOW, facts
from tests.workflows.gates.test_incident_gates import an_incident
from workflows import facts as f
from workflows.decide import decide
from workflows.duties import duties
from workflows.explain import phrases
from workflows.gates.closure import erase_on, fits, kept_as, needs_second, reason_row
from workflows.nightly import has_next_step
from workflows.pathways import CURRENT, rules_of
from workflows.pathways.tables.closure import ClosureReason
from workflows.stages import closure
from workflows.standing import Asking, Blocked, Done, Standing, Waiting, say

RULES = rules_of(*CURRENT)
OVER: dict[Stage, Standing] = {stage: Done(say("case.closed")) for stage in MAP if stage is not Stage.CLOSURE}
STUCK: dict[Stage, Standing] = {**OVER, Stage.HEALTH: Blocked((say("health.no_doctor"),))}
SUSPENDED = f.Incidents(rows=(an_incident("detained"),))
VICTIM = f.Screening(NOW - 40 * DAY, "actual", True, False)


def test_ready_when_everything_is_settled() -> None:
    assert getattr(closure.decide(facts(), OVER), "question", "") == "closure"


def test_a_decision_waits_for_the_second_person() -> None:
    standing = closure.decide(facts(closing=f.Closing("c1", "completed", NOW)), OVER)
    assert isinstance(standing, Asking)
    assert (standing.question, standing.subject, standing.role) == ("closure_review", "c1", Role.SUPERVISOR)


def test_after_a_no_the_counsellor_decides_anew() -> None:
    standing = closure.decide(facts(closing=f.Closing("c1", "completed", NOW, agreed=False)), OVER)
    assert getattr(standing, "question", "") == "closure"


def test_a_suspended_case_is_not_closed_by_itself() -> None:
    assert isinstance(closure.decide(facts(incidents=SUSPENDED), OVER), Blocked)


def test_but_when_a_supervisor_says_so() -> None:
    held: dict[Stage, Standing] = {**OVER, Stage.FLIGHT_BOOKING: Blocked((say("incidents.detained"),))}
    ending = f.Incidents(rows=SUSPENDED.rows, steps={("suspension_review", "1"): (NOW, "close")})
    assert getattr(closure.decide(facts(incidents=ending), held), "question", "") == "closure"
    kept = f.Incidents(rows=SUSPENDED.rows, steps={("suspension_review", "1"): (NOW, "keep")})
    still = facts(incidents=kept)
    assert isinstance(closure.decide(still, held, duties(still)), Blocked)


def test_l1_where_nothing_moves_operations_must_see_why() -> None:
    standing = closure.decide(facts(), STUCK)
    assert isinstance(standing, Asking)
    assert (standing.role, standing.question) == (Role.OPERATIONS, "next_step")


@pytest.mark.parametrize(("days", "kind"), [(0, Waiting), (2.9, Waiting), (3, Asking)])
def test_l1_who_has_looked_is_asked_again_after_a_while(days: float, kind: type[Any]) -> None:
    seen = f.Incidents(steps={("next_step", "case"): (NOW - days * DAY, "done")})
    assert isinstance(closure.decide(facts(incidents=seen), STUCK), kind)


@given(
    st.lists(st.sampled_from(["detained", "absconded", "suspended", "authority_reversal", "breach"]), max_size=3),
    st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["return", "in_place", "none", "undecided"]),
)  # fmt: skip
def test_l1_every_open_case_has_a_next_step(
    kinds: list[str], dead: bool, gone: bool, consent: bool, track: str
) -> None:
    rows = tuple(an_incident(kind, number) for number, kind in enumerate(kinds, 1))
    known = facts(
        incidents=f.Incidents(rows=rows, deceased=dead, owner_gone=gone), data_consent=consent, track=track,
        screening=None if gone else VICTIM,
    )  # fmt: skip
    assert has_next_step(decide(known), duties(known), known.now)


def test_a_death_has_its_own_reason_and_only_it() -> None:
    dead = facts(incidents=f.Incidents(rows=(an_incident("deceased"),), deceased=True))
    assert [row.reason for row in RULES.rows(ClosureReason) if fits(dead, row)] == ["deceased"]
    assert "deceased" not in [row.reason for row in RULES.rows(ClosureReason) if fits(facts(), row)]


def test_reasons_of_the_suspended_are_theirs_only() -> None:
    row = reason_row(RULES, "removed")
    assert row is not None
    assert (fits(facts(), row), fits(facts(incidents=SUSPENDED), row)) == (False, True)


def test_a_victims_case_needs_two() -> None:
    row = reason_row(RULES, "completed")
    assert row is not None
    assert (needs_second(facts(), row), needs_second(facts(screening=VICTIM), row)) == (False, True)


@pytest.mark.parametrize(
    ("over", "kind", "year"),
    [({"screening": VICTIM}, "victim", 2031), ({"departed_at": NOW}, "supported", 2031), ({}, "unsuccessful", 2028)],
)
def test_files_are_kept_by_kind(over: dict[str, Any], kind: str, year: int) -> None:
    assert kept_as(facts(**over)) == kind
    assert erase_on(RULES, kind, NOW).isoformat() == f"{year}-03-02"


@pytest.mark.parametrize("language", ["en", "tr"])
def test_reasons_and_checklists_have_words(language: str) -> None:
    words = phrases(language)
    for row in RULES.rows(ClosureReason):
        assert row.reason in words["codes"], row.reason
        assert row.htcds in words["statuses"]
        assert set(row.checklist) <= set(words["checklist"]), row.reason
