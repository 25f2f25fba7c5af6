"""An answer fits the question that it was opened from."""

import pytest

from api.forms import answered, fill
from api.forms.setting import Setting
from api.forms.subject import given_by
from tests.api.forms.bodies import HASH, SOMEBODY, body_of
from workflows.records.table import FACTS

SUBJECTS = {
    "fitness_paper": f"{SOMEBODY}.medif", "risk_approval": f"{SOMEBODY}.{HASH[:16]}", "escort": "medical",
    "transfer_consent": "nadia", "legal_aid": SOMEBODY, "victim_permit": f"{SOMEBODY}.0", 
    "reconfirmation": f"2.{SOMEBODY}",
}  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind, fact in FACTS.items() if fact.only_when_asked or kind in SUBJECTS])
def test_what_the_question_names_is_in_the_answer(kind: str) -> None:
    fact, subject = FACTS[kind], SUBJECTS.get(kind, SOMEBODY)
    given = given_by(fact.model, subject)
    body = {name: value for name, value in body_of(kind).items() if name not in given}
    typed = fill(fact.model, body, Setting()) | {name: [value] for name, value in given.items()}
    said = answered(fact.model, typed, Setting(given=given)).said
    assert said is not None
    assert said.subject() in (None, subject)  # type: ignore[attr-defined]
