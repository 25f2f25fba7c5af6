"""``sila process show`` says reasons as they are for any case: numbers have no value, and their nouns are many."""

from typer.testing import CliRunner

from api.cli.main import app
from api.cli.process import in_general


def test_a_reason_without_a_case_has_the_noun_for_many() -> None:
    assert in_general("within {hours} {hours:hour|hours} unless {point}") == "within {hours} hours unless {point}"


def test_every_question_of_the_map_has_a_reason() -> None:
    shown = CliRunner().invoke(app, ["process", "show"])
    assert shown.exit_code == 0
    lines = [line for line in shown.output.splitlines() if line.startswith("    asks ")]
    assert lines
    assert not [line for line in lines if line.rstrip().endswith(";")]
    assert ":hour|" not in shown.output
