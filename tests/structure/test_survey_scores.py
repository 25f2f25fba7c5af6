"""Scores of surveys are read in one place only: there a draft is withheld."""

from pathlib import Path

ROOMS = ("api", "models", "workflows", "integrations")
ROOT = Path(__file__).parents[2]


def test_scores_are_opened_in_one_place_only() -> None:
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    opening = [path.relative_to(ROOT).as_posix() for path in files if '"scores")' in path.read_text(encoding="utf-8")]
    assert opening == ["workflows/survey_scores.py"]
    named = {path.relative_to(ROOT).as_posix() for path in files if "SurveyScore" in path.read_text(encoding="utf-8")}
    assert named == {"models/survey.py", "workflows/survey_scores.py"}
