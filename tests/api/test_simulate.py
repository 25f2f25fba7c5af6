"""A simulation lives lives through the real service layer, breaks no invariant, and repeats itself."""

import pytest

from api.cli.simulate import run as simulation
from api.cli.simulate.run import fingerprint, live


def test_l1_l3_the_same_seed_gives_the_same_lives_and_no_invariant_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "PART", 4)
    first, again, other = live("3:0"), live("3:0"), live("4:0")
    assert [finding.name for finding in first.findings if finding.broken] == []
    assert sum(finding.checked for finding in first.findings) > 500
    assert fingerprint(first) == fingerprint(again)
    assert fingerprint(first) != fingerprint(other)
