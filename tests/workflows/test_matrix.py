"""The matrix: bands at their edges, the worst item speaks for the case, and every domain is looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import RULES
from workflows import matrix
from workflows.inputs import RiskItemIn
from workflows.pathways.tables.risk_assessment import Mitigation, RiskDomain

DOMAINS = [row.code for row in RULES.rows(RiskDomain)]
SCORE = st.integers(1, 5)


def an_item(domain: str, likelihood: int, impact: int) -> RiskItemIn:
    """Rated, with nothing done about it."""
    return RiskItemIn(domain=domain, likelihood=likelihood, impact=impact)


ITEMS = st.lists(st.builds(an_item, st.sampled_from(DOMAINS), SCORE, SCORE), max_size=12)


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1, "low"),
        (4, "low"),
        (5, "medium"),
        (9, "medium"),
        (10, "high"),
        (15, "high"),
        (16, "critical"),
        (25, "critical"),
    ],
)
def test_each_band_at_its_edges(score: int, level: str) -> None:
    assert matrix.band(RULES, score) == level


def test_every_score_that_can_be_has_a_band_and_no_other_has() -> None:
    for likelihood in range(1, 6):
        for impact in range(1, 6):
            assert matrix.band(RULES, likelihood * impact) in matrix.levels(RULES)
    with pytest.raises(LookupError):
        matrix.band(RULES, 26)


@given(ITEMS, SCORE, SCORE)
def test_one_more_item_never_makes_the_case_lower(items: list[RiskItemIn], likelihood: int, impact: int) -> None:
    before, item = matrix.residual(RULES, items), an_item(DOMAINS[0], likelihood, impact)
    after = matrix.residual(RULES, [*items, item])
    assert not matrix.is_lower(RULES, after, before)
    assert not matrix.is_lower(RULES, after, matrix.band(RULES, likelihood * impact))


@given(ITEMS)
def test_one_critical_item_makes_the_case_critical(items: list[RiskItemIn]) -> None:
    assert matrix.residual(RULES, [*items, an_item(DOMAINS[0], 4, 4)]) == "critical"


def test_what_is_left_after_mitigation_counts_and_not_what_there_was() -> None:
    item = RiskItemIn(
        domain="journey", likelihood=5, impact=5, mitigations=["escort"], likelihood_after=2, impact_after=2
    )
    assert matrix.residual(RULES, [item]) == "low"


def test_a_track_has_its_own_domains() -> None:
    everything = {
        "return": set(matrix.missing(RULES, "return", [])),
        "in_place": set(matrix.missing(RULES, "in_place", [])),
    }
    assert everything["return"] - everything["in_place"] == {"journey"}
    assert everything["in_place"] - everything["return"] == {"in_place"}
    assert len(everything["return"] | everything["in_place"]) == 9


def test_what_the_tables_do_not_have_is_named() -> None:
    twice = [an_item("journey", 1, 1), an_item("journey", 1, 1), an_item("weather", 1, 1)]
    assert matrix.unknown(RULES, twice) == ["journey", "weather"]
    odd = RiskItemIn(domain="journey", likelihood=1, impact=1, mitigations=["prayer"])
    assert matrix.unknown(RULES, [odd]) == ["prayer"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"domain": "journey"}, "give likelihood and impact"),
        ({"domain": "journey", "applies": False}, "say in reason why"),
        ({"domain": "journey", "applies": False, "reason": "none", "likelihood": 2}, "leave the scores"),
        ({"domain": "journey", "likelihood": 2, "impact": 2, "impact_after": 3}, "cannot be more"),
        ({"domain": "journey", "likelihood": 3, "impact": 2, "likelihood_after": 1}, "name the mitigations"),
        ({"domain": "journey", "likelihood": 6, "impact": 2}, "less than or equal to 5"),
        ({"domain": "journey", "likelihood": 0, "impact": 2}, "greater than or equal to 1"),
    ],
)
def test_an_item_that_cannot_be_is_refused_with_the_remedy(body: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        RiskItemIn.model_validate(body)


def test_every_word_of_the_tables_is_there_in_both_languages() -> None:
    for row in (*RULES.rows(RiskDomain), *RULES.rows(Mitigation)):
        assert row.en
        assert row.tr
        assert row.en != row.tr
    for domain in RULES.rows(RiskDomain):
        assert all(question.en and question.tr for question in domain.questions)
