"""The structure is tested too: map, gates, stages, actions, flows and phrases agree."""

import re
from pathlib import Path

import pytest

from models.stage import MAP, OPENED_BY, Gate, Stage
from workflows.actions import ACTIONS
from workflows.explain import phrases
from workflows.gates import GATES
from workflows.records import FACTS
from workflows.records.table import NOUNS
from workflows.stages import DECIDE

WORKFLOWS = Path(__file__).parents[2] / "workflows"
TEXT = {path: path.read_text(encoding="utf-8") for path in WORKFLOWS.rglob("*.py")}
CLASSES = re.compile(r"^class (\w+)", re.M)
CALLS = r'\b(?:say|ask_about)\(\s*(?:facts, person, )?"([a-z_.]+)"'


def test_every_stage_has_a_row_a_file_and_a_decision() -> None:
    assert set(MAP) == set(Stage)
    assert set(DECIDE) == set(Stage) - {Stage.CLOSURE}
    files = {path.stem for path in (WORKFLOWS / "stages").glob("*.py")} - {"__init__"}
    assert files == {stage.value for stage in Stage}


def test_every_gate_is_defined_and_used() -> None:
    assert set(GATES) == set(Gate)
    assert {gate for row in MAP.values() for gate in row.needs} == set(Gate)


def test_every_gate_has_somebody_who_can_open_it() -> None:
    assert set(OPENED_BY) == set(Gate)


def test_every_action_a_stage_names_can_be_done_and_every_action_is_named() -> None:
    rooms = ("stages", "workflows", "handover")
    stages = "".join(text for path, text in TEXT.items() if path.parent.name in rooms)
    named = set(re.findall(r'(?:Doing|attempt|again|message|look)\(\s*(?:facts, )?"([a-z_]+)"', stages))
    assert named == set(ACTIONS)


def test_every_question_a_stage_asks_can_be_answered() -> None:
    deciding = ("stages", "duties", "workflows")
    stages = "".join(text for path, text in TEXT.items() if path.parent.name in deciding)
    asked = set(re.findall(r'Role\.[A-Z_]+,\s*"([a-z_]+)"', stages))
    assert asked <= set(FACTS), asked - set(FACTS)


def test_no_kind_of_fact_and_no_input_is_there_twice() -> None:
    kinds = [fact.kind for noun in NOUNS for fact in noun.FACTS]
    assert [kind for kind in kinds if kinds.count(kind) > 1] == []
    names = [name for path, text in TEXT.items() if path.parent.name == "inputs" for name in CLASSES.findall(text)]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_reason_can_be_said_and_none_is_left_over(language: str) -> None:
    used = {code for text in TEXT.values() for code in re.findall(CALLS, text)}
    assert used == set(phrases(language)["reasons"])


def test_the_catalogues_say_the_same_things() -> None:
    english, turkish = phrases("en"), phrases("tr")
    assert {part: set(words) for part, words in english.items()} == {part: set(w) for part, w in turkish.items()}
    for code, text in english["reasons"].items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", turkish["reasons"][code])), code
