"""Thirty days, six months each, three years in total: the terms of a victim's permit at their edges."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import RULES
from workflows.facts.papers import Permit
from workflows.gates.permit import is_used_up, last_possible, longest_extension, longest_first
from workflows.pathways.tables.permit import PermitTerms

FIRST = Permit(1, True, date(2026, 1, 31), date(2026, 3, 2), date(2026, 3, 2))


def test_the_first_permit_is_thirty_days() -> None:
    assert longest_first(RULES, date(2026, 1, 31)) == date(2026, 3, 2)


def test_f44_an_extension_is_six_months_by_the_calendar() -> None:
    assert longest_extension(RULES, replace(FIRST, valid_until=date(2026, 8, 31))) == date(2027, 2, 28)
    assert longest_extension(RULES, FIRST) == date(2026, 9, 2)
    assert longest_extension(RULES, Permit(0, True)) is None


@pytest.mark.parametrize(
    ("valid_until", "used_up"), [(date(2029, 1, 30), False), (date(2029, 1, 31), True), (date(2029, 2, 1), True)]
)
def test_three_years_are_counted_from_the_first_day_to_be_careful(valid_until: date, used_up: bool) -> None:
    assert last_possible(RULES, FIRST) == date(2029, 1, 31)
    assert is_used_up(RULES, replace(FIRST, valid_until=valid_until)) is used_up
    assert longest_extension(RULES, replace(FIRST, valid_until=date(2028, 12, 1))) == date(2029, 1, 31)


def test_whether_the_first_thirty_days_count_is_a_parameter() -> None:
    terms = RULES.rows(PermitTerms)[0].model_copy(update={"first_counts": False})
    rules = replace(RULES, tables={**RULES.tables, PermitTerms: (terms,)})
    assert last_possible(rules, FIRST) == date(2029, 3, 2)


def test_the_terms_are_law_with_a_date() -> None:
    terms = RULES.rows(PermitTerms)[0]
    assert terms.legal
    assert "6458" in terms.source
    assert terms.valid_from == date(2014, 4, 11)
