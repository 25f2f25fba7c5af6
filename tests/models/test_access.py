"""The table of who may do what: nothing but what it says, whatever somebody's roles and ties are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access import FIELDS, TABLE, Act, Field, Relation, Tie, may, readable
from models.staff import Staff
from models.stage import Role

OTHERS = [role for role in Role if role not in (Role.RECEIVING_PARTNER,)]
ROLES = st.sets(st.sampled_from(Role), max_size=4)
TIES = st.frozensets(st.builds(Tie, st.sampled_from(Role), st.sampled_from(Relation)), max_size=5)
ACTS, CLASSES = st.sampled_from(Act), st.sampled_from([1, 2, 3])


def staff(*roles: Role, active: bool = True) -> Staff:
    """Somebody with these roles."""
    return Staff(handle="a", roles=[role.value for role in roles], active=active)


def tied(role: Role, relation: Relation) -> list[Tie]:
    """One tie."""
    return [Tie(role, relation)]


@given(ROLES, ACTS, TIES, CLASSES)
def test_g9_what_is_allowed_stands_in_the_table_for_a_role_that_they_hold_and_a_tie_that_they_have(
    roles: set[Role], act: Act, ties: frozenset[Tie], field_class: int
) -> None:
    if may(staff(*roles), act, ties, field_class):
        lines = [row for row in TABLE if row.role in roles and act in row.acts]
        near = [
            row for row in lines if any(one is Relation.NONE or Tie(row.role, one) in ties for one in row.relations)
        ]
        assert any(set(FIELDS[field_class]) <= set(row.fields) for row in near)


@given(ROLES, ACTS, TIES, CLASSES)
def test_default_deny_for_who_has_left(roles: set[Role], act: Act, ties: frozenset[Tie], field_class: int) -> None:
    assert not may(staff(*roles, active=False), act, ties, field_class)


@given(ACTS, TIES, st.integers().filter(lambda number: number not in (1, 2, 3)))
def test_default_deny_for_a_field_class_that_there_is_not(act: Act, ties: frozenset[Tie], field_class: int) -> None:
    assert not may(staff(*Role), act, ties, field_class)


@given(st.sampled_from([Role.OPERATIONS, Role.MONITORING, Role.AUDITOR, Role.ADMINISTRATOR]), ACTS, TIES)
def test_operations_monitoring_and_auditors_never_read_class_2_or_3(role: Role, act: Act, ties: frozenset[Tie]) -> None:
    assert not may(staff(role), act, ties, 2)
    assert not may(staff(role), act, ties, 3)
    assert not any(may(staff(role), act, ties, 3, field) for field in FIELDS[3])


@given(ROLES, ACTS, st.sampled_from(Field).filter(lambda field: field is not Field.PROCESS))
def test_nobody_reads_class_2_or_3_without_a_tie(roles: set[Role], act: Act, field: Field) -> None:
    assert not may(staff(*roles), act, [], 2 if field is Field.IDENTITY else 3, field)


@given(ROLES, ACTS, TIES, CLASSES)
def test_a_tie_in_a_role_that_somebody_does_not_hold_gives_nothing(
    roles: set[Role], act: Act, ties: frozenset[Tie], field_class: int
) -> None:
    theirs = {tie for tie in ties if tie.role in roles}
    assert may(staff(*roles), act, ties, field_class) == may(staff(*roles), act, theirs, field_class)


@given(ROLES, ACTS, TIES, TIES, CLASSES)
def test_more_ties_never_allow_less(
    roles: set[Role], act: Act, ties: frozenset[Tie], more: frozenset[Tie], field_class: int
) -> None:
    assert may(staff(*roles), act, ties | more, field_class) or not may(staff(*roles), act, ties, field_class)


@pytest.mark.parametrize("role", Role)
def test_c4_broken_glass_lets_read_and_nothing_else(role: Role) -> None:
    broken = tied(role, Relation.BROKEN_GLASS)
    more = {act for act in Act if may(staff(role), act, broken) and not may(staff(role), act)}
    assert more <= {Act.SEE}


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.MOVEMENT_OFFICER])
def test_l4_whoever_works_on_cases_may_always_record_a_withdrawal(role: Role) -> None:
    assert may(staff(role), Act.WITHDRAW)


def test_a_medical_officer_reads_of_health_and_not_the_story() -> None:
    ties = tied(Role.MEDICAL_OFFICER, Relation.ASKED)
    assert may(staff(Role.MEDICAL_OFFICER), Act.SEE, ties, 3, Field.HEALTH)
    assert not may(staff(Role.MEDICAL_OFFICER), Act.SEE, ties, 3, Field.NARRATIVE)
    assert not may(staff(Role.MEDICAL_OFFICER), Act.SEE, ties, 3)
    assert readable(staff(Role.MEDICAL_OFFICER), ties) == {Field.PROCESS, Field.IDENTITY, Field.HEALTH}


def test_nobody_but_the_second_person_approves() -> None:
    approvers = {row.role for row in TABLE if Act.APPROVE in row.acts}
    assert approvers == {Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.OPERATIONS}
    assert not may(staff(Role.COUNSELLOR), Act.APPROVE, [Tie(Role.COUNSELLOR, one) for one in Relation])


def test_an_administrator_has_accounts_and_no_cases() -> None:
    every = [Tie(Role.ADMINISTRATOR, one) for one in Relation]
    assert {act for act in Act if may(staff(Role.ADMINISTRATOR), act, every)} == {Act.ACCOUNTS}
