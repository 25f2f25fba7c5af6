"""Forms have words for everything they ask, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from api.forms.choices import choices, keys, rows
from api.forms.labels import LANGUAGES, PARTS, capital, labels
from api.forms.parse import parse
from api.forms.said import translated
from api.forms.setting import Setting
from api.forms.shape import Shape, shapes
from workflows.inputs import CaseIn
from workflows.pathways import CURRENT
from workflows.records.table import FACTS

ROOT = Path(__file__).parents[3]


def models() -> list[type[BaseModel]]:
    """Every model that a form asks for."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [CaseIn, *(fact.model for fact in FACTS.values())]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [inner for shape in shapes(model).values() for inner in inside(shape)]
    return list(found)


def inside(shape: Shape) -> Iterator[type[BaseModel]]:
    """The models in a shape."""
    if shape.model:
        yield shape.model
    if shape.item:
        yield from inside(shape.item)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_title(language: str) -> None:
    assert all(labels(language).group(kind) for kind in FACTS)
    known = labels(language).parts["kinds"]
    assert set(FACTS) - set(known) == set()
    assert set(known) - set(FACTS) == set(), "words for kinds that do not exist"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_label_and_every_value_a_word(language: str) -> None:
    words, missing = labels(language), []
    for model in models():
        for name, shape in shapes(model).items():
            for ask in [lambda: words.field(model, name), *(  # noqa: B023
                lambda value=value: words.option(model, name, value) for value in (shape.item or shape).words)]:  # noqa: B023  # fmt: skip
                try:
                    ask()
                except KeyError as error:
                    missing.append(f"{model.__name__}.{name} {error}")
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_pathway_has_words(language: str) -> None:
    lists = {**choices(*CURRENT, language), **keys(*CURRENT, language)}
    lists |= {name: fixed.options for name, fixed in rows(*CURRENT, language, "return").items()}
    bare = [f"{name}: {one.value}" for name, options in lists.items() for one in options
            if one.label == one.value and one.label[:1].islower()]  # fmt: skip
    assert bare == []


def test_both_languages_say_the_same_things() -> None:
    english, turkish = (labels(language).parts for language in LANGUAGES)
    for part in PARTS:
        if part != "said":
            assert set(english[part]) == set(turkish[part])
            for key, (_, more) in english[part].items():
                assert bool(more) is bool(turkish[part][key][1]), key


def test_all_words_are_used_by_some_field() -> None:
    known = {key.partition(".")[0] for key in labels("en").parts["fields"] if "." in key}
    assert known <= {kind.__name__ for model in models() for kind in model.__mro__}


def refusals(folder: str) -> Iterator[str]:
    """The sentences of our own checks, with {} for the values in them."""
    for path in sorted((ROOT / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and is_value_error(node.exc.func):
                yield sentence(node.exc.args[0])


def refused() -> Iterator[str]:
    """What commands refuse, where it is written out at the place."""
    for path in sorted((ROOT / "workflows").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and is_refusal(node):
                yield sentence(node.args[1])


def is_refusal(call: ast.Call) -> bool:
    """One of the three that commands raise, with its sentence written out."""
    named = isinstance(call.func, ast.Name) and call.func.id in ("Refused", "Wrong", "NotAllowed")
    return named and len(call.args) > 1 and isinstance(call.args[1], ast.Constant | ast.JoinedStr)


def test_what_commands_refuse_is_said_in_turkish_too() -> None:
    said = labels("tr").parts["said"]
    missing = []
    for text in refused():
        bare = re.sub(r"^[a-z_0-9.{}]+(, [a-z_]+)*: ", "", text)
        fits = re.compile(re.escape(bare).replace(r"\{\}", ".+"))
        if not any(fits.fullmatch(one) for one in (*said, "{}", "{}.")):
            missing.append(text)
    assert missing == []


def test_values_in_a_refusal_are_said_in_words() -> None:
    assert translated("Only counsellor or supervisor may record this.", "tr") == (
        "Bunu yalnızca şunlar kaydedebilir: danışman ya da amir.")  # fmt: skip
    assert translated("checklist: confirm that this was done: final_talk, bed_offered.", "tr") == (
        "şunların yapıldığını işaretleyin: son görüşme yapıldı, kalacak yer ve ulaşım önerildi.")  # fmt: skip
    assert translated("Something that nobody ever said.", "tr") == "Something that nobody ever said."


def is_value_error(name: ast.expr) -> bool:
    """Whether this is what pydantic turns into a trouble of the field."""
    return isinstance(name, ast.Name) and name.id == "ValueError"


def sentence(node: ast.expr) -> str:
    """A text as it is written, or a formatted one."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_what_the_inputs_refuse_is_said_in_turkish_too() -> None:
    known = labels("tr").parts["said"]
    said = {text for text in refusals("workflows/inputs") if "address: not" not in text}
    bare = {text.partition(": ")[2] if text.partition(":")[0].replace("_", "").isalnum() else text for text in said}
    assert {text for text in bare if text not in known and text.partition(": ")[2] not in known} == set()


def test_a_capital_is_that_of_the_language() -> None:
    assert (capital("ikamet", "tr"), capital("ikamet", "en")) == ("İkamet", "Ikamet")


def test_nothing_is_asked_that_no_model_knows() -> None:
    assert parse(CaseIn, {"is_admin": ["on"]}, Setting())[1] == [("is_admin", "extra_forbidden")]
