"""A simulation lives lives through the real service layer, breaks no invariant, and repeats itself."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

import workflows
from api.cli.answers import answer_to
from api.cli.cast import case_of, people
from api.cli.simulate import run as simulation
from api.cli.simulate.people import FAMILY, somebody
from api.cli.simulate.run import fingerprint, live
from workflows.inputs import CaseIn
from workflows.records import FACTS

WORK = Path(workflows.__file__).parent
SUBJECTS = {
    "closure": "completed",
    "escort": "medical",
    "fitness_paper": f"{UUID(int=7)}.medif",
    "risk_approval": f"{UUID(int=7)}.{'0' * 32}",
}
ELSEWHERE = ("refund_receipt", "protection_claim")  # the amount is looked up; nobody in a simulation has a claim


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


def asked_kinds() -> list[str]:
    """Every kind of fact that a stage or a duty names: what staff can be asked."""
    files = [*(WORK / "stages").glob("*.py"), *(WORK / "duties").glob("*.py")]
    said = "".join(file.read_text(encoding="utf-8") for file in files)
    return sorted(kind for kind in FACTS if f'"{kind}"' in said and kind not in ELSEWHERE)


@pytest.mark.parametrize("kind", asked_kinds())
def test_whoever_is_asked_in_a_simulation_has_an_answer_that_the_door_takes(kind: str) -> None:
    said = answer_to(people()[0], kind, SUBJECTS.get(kind, str(UUID(int=7))), date(2026, 3, 2))
    FACTS[kind].model.model_validate(json.loads(json.dumps(said)))
