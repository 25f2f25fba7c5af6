"""A simulation lives lives through the real service layer, breaks no invariant, and repeats itself."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from api.cli.cast import case_of
from api.cli.simulate import run as simulation
from api.cli.simulate.people import FAMILY, somebody
from api.cli.simulate.run import fingerprint, live
from workflows.inputs import CaseIn


def test_l1_l3_the_same_seed_gives_the_same_lives_and_no_invariant_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "PART", 4)
    first, again, other = live("3:0"), live("3:0"), live("4:0")
    assert [finding.name for finding in first.findings if finding.broken] == []
    assert sum(finding.checked for finding in first.findings) > 500
    assert fingerprint(first) == fingerprint(again)
    assert fingerprint(first) != fingerprint(other)


def test_every_life_that_can_be_drawn_is_taken_at_the_door() -> None:
    today = date(2026, 3, 2)
    for family in FAMILY:
        life = replace(somebody(Random(family), 1), family_name=family)
        assert CaseIn.model_validate(case_of(life, 1, today)).principal.family_name == family
