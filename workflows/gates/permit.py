"""The clocks of a victim's residence permit: how long one more may last, and whether there can be one."""

from datetime import date, timedelta

from workflows.calendars import add_months
from workflows.facts.papers import Permit
from workflows.facts.rules import Rules
from workflows.pathways.tables.permit import PermitTerms


def terms(rules: Rules) -> PermitTerms:
    """The terms of this version. Raises LookupError when it has none."""
    return rules.rows(PermitTerms)[0]


def last_possible(rules: Rules, permit: Permit) -> date | None:
    """The last day of all permits together; None before the first one."""
    if permit.first_on is None:
        return None
    said = terms(rules)
    start = permit.first_on if said.first_counts else permit.first_until or permit.first_on
    return add_months(start, said.total_months)


def longest_first(rules: Rules, issued_on: date) -> date:
    """The last day that a first permit may have."""
    return issued_on + timedelta(days=terms(rules).first_days)


def longest_extension(rules: Rules, permit: Permit) -> date | None:
    """The last day that one more extension may have; None when there is nothing to extend."""
    last = last_possible(rules, permit)
    if permit.valid_until is None or last is None:
        return None
    return min(add_months(permit.valid_until, terms(rules).extension_months), last)


def is_used_up(rules: Rules, permit: Permit) -> bool:
    """No day is left to extend into."""
    last = last_possible(rules, permit)
    return last is not None and permit.valid_until is not None and permit.valid_until >= last
