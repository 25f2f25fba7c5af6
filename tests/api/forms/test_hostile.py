"""Whatever is sent, a form answers with its fields and sentences: it never breaks and never repeats what it refuses."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from api.forms import Setting, answered, fill, grown
from api.forms.choices import choices, keys, rows
from tests.api.forms.bodies import body_of
from tests.api.forms.test_forms import html
from workflows.pathways import CURRENT
from workflows.records.table import FACTS

HERE = Setting("tr", choices(*CURRENT, "tr"), keys(*CURRENT, "tr"), rows(*CURRENT, "tr", "return"))
EVIL = some.sampled_from((
    "", " ", "\x00", "a\r\nb", "<b>", "=1+1", "2026-02-30", "9" * 400, "NaN", "-1", "1e9", "on", "no", "ı" * 300,
    "../..",
    "\u202eabc", "{}", "%s", "null", "Infinity", "31.12.9999", "25:61", "Mars/Base", "😀", "C-0000000000",
))  # fmt: skip
PLACES = some.sampled_from(("", ".0", ".99", ".-1", ".x", ".0.0", ".day", ".zone", "._use", "._row", ".__class__", "."))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_nothing_that_is_sent_breaks_a_form(data: Any) -> None:
    kind = data.draw(some.sampled_from(sorted(FACTS)))
    model = FACTS[kind].model
    typed = fill(model, body_of(kind), HERE)
    names = some.sampled_from((*typed, *model.model_fields, "_evil", ""))
    for _ in range(data.draw(some.integers(1, 4))):
        typed[data.draw(names) + data.draw(PLACES)] = data.draw(some.lists(EVIL, max_size=3))
    read = answered(model, grown(model, typed, data.draw(names), HERE), HERE)
    assert (read.said is None) == bool(read.troubles)
    for trouble in read.troubles:
        assert trouble.text
        assert "\x00" not in trouble.text
        assert "validation" not in trouble.text.lower(), "no word of the machinery"
    assert "<b>" not in html(read.fields, "tr")
