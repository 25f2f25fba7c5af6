"""The survey by its contract: vectors worked out by hand, properties that always hold, files that are refused."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import RULES
from workflows.instruments import BadRules, Composite, Instrument, Question, instrument, read
from workflows.instruments.score import BadAnswer, Scores, band, score, shown
from workflows.pathways.tables.survey import (
    IntentionReason,
    SatisfactionAnswer,
    SatisfactionQuestion,
    Survey,
    SurveyAlert,
)

RSS = instrument("rss", 1)
SCORED = [question for question in RSS.questions if question.is_scored]
A = [".5", ".5", "1", ".75", ".5", ".25", "1", "0", "0", ".75", ".5", ".75", "1", ".5", "1", ".75", ".75", ".5", ".5",
     ".5", ".5", ".75", ".75", ".5", ".75", ".75", ".5", "1", "1"]  # fmt: skip


def option(question: Question, value: str) -> str:
    """The answer that scores this."""
    return next(one.code for one in question.options if one.score == Decimal(value))


CASE_A = {question.code: option(question, value) for question, value in zip(SCORED, A, strict=True)}


def weighted(**weights: int) -> Instrument:
    """The instrument with other weights."""
    questions = [
        one.model_copy(update={"weight": Decimal(weights.get(one.code, int(one.weight)))}) for one in RSS.questions
    ]
    return RSS.model_copy(update={"questions": tuple(questions)})


def pooled() -> Instrument:
    """The instrument with one number over all questions."""
    return RSS.model_copy(update={"composite": Composite(method="pooled", weights=RSS.composite.weights)})


def four(value: Fraction | None) -> float:
    """To four places, as the vectors are written."""
    assert value is not None
    return round(float(value), 4)


def test_vector_a() -> None:
    said = score(RSS, CASE_A)
    assert said.dimensions == {
        "economic": Fraction(9, 18),
        "social": Fraction(15, 22),
        "psychosocial": Fraction(13, 18),
    }
    assert [four(value) for value in said.dimensions.values()] == [0.5, 0.6818, 0.7222]
    assert four(said.composite) == 0.6347


def test_vector_a_pooled() -> None:
    said = score(pooled(), CASE_A)
    assert said.composite == Fraction(37, 58)
    assert four(said.composite) == 0.6379


def test_vector_b_refused_and_not_applicable_change_weights_only() -> None:
    said = score(RSS, CASE_A | {"Q3": "refused", "Q14": "no_children", "Q29": "refused"})
    assert [four(value) for value in said.dimensions.values()] == [0.4375, 0.65, 0.6875]
    assert four(said.composite) == 0.5917
    assert score(RSS, CASE_A | {"Q3": "refused", "Q14": "na", "Q29": "refused"}) == said


def test_vector_c_weights() -> None:
    assert four(score(weighted(Q1=2, Q7=3), CASE_A).dimensions["economic"]) == 0.5833


def test_the_instrument_scores_29_questions_and_is_a_draft() -> None:
    assert (len(RSS.questions), len(SCORED), RSS.status) == (32, 29, "DRAFT")


ANSWERS = st.fixed_dictionaries(
    {one.code: st.sampled_from([*one.scores, "refused", "na"]) for one in RSS.questions if one.options}
)
WEIGHTS = st.fixed_dictionaries({one.code: st.integers(1, 9) for one in SCORED})
EITHER = st.sampled_from([RSS, pooled()])


def numbers(said: Scores) -> list[Fraction]:
    """Every number of it."""
    return [value for value in (*said.items.values(), *said.dimensions.values(), said.composite) if value is not None]


@given(EITHER, ANSWERS)
def test_every_score_lies_between_0_and_1(which: Instrument, answers: dict[str, str]) -> None:
    assert all(0 <= value <= 1 for value in numbers(score(which, answers)))


@given(WEIGHTS)
def test_all_best_is_1_and_all_worst_is_0_whatever_the_weights(weights: dict[str, int]) -> None:
    for value in ("1", "0"):
        said = score(weighted(**weights), {one.code: option(one, value) for one in SCORED})
        assert set(numbers(said)) == {Fraction(value)}


@given(EITHER, ANSWERS, st.sampled_from(SCORED), st.data())
def test_a_better_answer_never_makes_a_score_worse(
    which: Instrument, answers: dict[str, str], question: Question, data: st.DataObject
) -> None:
    values = sorted((one for one in question.options if one.score is not None), key=lambda one: one.score or 0)
    low, high = sorted(data.draw(st.tuples(st.integers(0, len(values) - 1), st.integers(0, len(values) - 1))))
    worse = score(which, answers | {question.code: values[low].code})
    better = score(which, answers | {question.code: values[high].code})
    for before, after in zip(
        [*worse.dimensions.values(), worse.composite], [*better.dimensions.values(), better.composite], strict=True
    ):
        assert (before is None) is (after is None)
        assert before is None or after is None or before <= after


@given(EITHER, ANSWERS, st.permutations(RSS.questions))
def test_the_order_of_questions_does_not_matter(
    which: Instrument, answers: dict[str, str], other: list[Question]
) -> None:
    turned = which.model_copy(update={"questions": tuple(other)})
    assert score(turned, dict(reversed(answers.items()))) == score(which, answers)


@given(ANSWERS, st.sampled_from(SCORED))
def test_a_refusal_changes_weights_only(answers: dict[str, str], question: Question) -> None:
    """As if the question were not there: every other question keeps its score."""
    refused = score(RSS, answers | {question.code: "refused"})
    given_ = score(RSS, answers)
    assert refused.items == {code: value for code, value in given_.items.items() if code != question.code}
    mine = [value for code, value in refused.items.items() if RSS.question(code).dimension == question.dimension]  # type: ignore[union-attr]
    found = refused.dimensions[question.dimension]
    assert found is None or found == sum(mine, Fraction()) / len(mine)


@pytest.mark.parametrize(("refused", "is_null"), [(2, False), (3, True)])
def test_below_the_least_share_there_is_no_score_and_no_composite(refused: int, is_null: bool) -> None:
    """Nine economic questions: seven are 0.78, six are 0.67."""
    said = score(RSS, CASE_A | {one.code: "refused" for one in SCORED[:refused]})
    assert (said.dimensions["economic"] is None) is is_null
    assert (said.composite is None) is is_null
    assert said.dimensions["social"] is not None


@pytest.mark.parametrize(("value", "text"), [(Fraction(1, 200), "0.01"), (Fraction(3, 200), "0.02"), (Fraction(2, 3), "0.67"),
                                             (Fraction(1), "1.00"), (None, "–")])  # fmt: skip
def test_rounding_is_half_up_and_for_display_only(value: Fraction | None, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "word"),
    [("0", "low"), ("0.3299", "low"), ("0.33", "medium"), ("0.6599", "medium"), ("0.66", "high"), ("1", "high")],
)
def test_bands(value: str, word: str) -> None:
    assert band(RSS, Fraction(value)) == word


def test_an_answer_that_is_none_is_refused_with_what_it_may_be() -> None:
    with pytest.raises(BadAnswer, match="Q3: one of yes, no"):
        score(RSS, {"Q3": "maybe"})
    with pytest.raises(BadAnswer, match="Q99"):
        score(RSS, {"Q99": "yes"})


def test_the_rules_name_answers_that_exist() -> None:
    for row in RULES.rows(Survey):
        assert instrument(row.instrument, row.version)
    alerts = RULES.rows(SurveyAlert)
    assert {row.question for row in alerts} == {"Q25", "Q28", "Q30"}
    for row in alerts:
        question = RSS.question(row.question)
        assert question
        assert set(row.answers) <= set(question.scores)
    assert len(RULES.rows(SatisfactionQuestion)) == 7
    assert [row.points for row in RULES.rows(SatisfactionAnswer)] == [5, 4, 3, 2, 1]
    assert RULES.rows(IntentionReason)


TEXT = (Path(__file__).parents[2] / "workflows/instruments/rss/1.toml").read_text()


@pytest.mark.parametrize(("old", "new", "field", "trouble"), [
    ("score = 0.75 }", "score = 1.75 }", "score", "less than or equal to 1"),
    ('code = "Q2"\n', 'code = "Q1"\n', "questions.1.code", "there twice"),
    ('{ code = "yes", score = 1 }', '{ code = "no", score = 1 }', "questions.2.options", "an option is there twice"),
    ('{ code = "no", score = 0 }', '{ code = "no", score = 0.5 }', "questions.2.options", "the worst 0"),
    ('status = "DRAFT"', 'status = "VERIFIED"', "status", "verified_by"),
    ("social = 1,", "", "composite.weights", "social"),
    ('confidence = "high"\n', 'confidence = "high"\nweight = 0\n', "questions.0.weight", "above 0"),
    ('confidence = "high"\n', 'confidence = "high"\nweight = -1\n', "questions.0.weight", "greater than or equal"),
    ('method = "mean_of_dims"', 'method = "best"', "composite.method", "mean_of_dims"),
    ("starts = 0.33", "starts = 0.99", "bands", "rise"),
])  # fmt: skip
def test_what_is_wrong_in_a_file_is_said_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, field: str, trouble: str
) -> None:
    path = tmp_path / "1.toml"
    path.write_text(TEXT.replace(old, new, 1))
    with pytest.raises(BadRules) as caught:
        read(path)
    assert field in str(caught.value)
    assert trouble in str(caught.value)
    assert f"{path}, line " in str(caught.value)


def test_scores_are_exact() -> None:
    """A third is a third."""
    said = score(weighted(Q1=2), CASE_A)
    assert said.dimensions["economic"] == Fraction(10, 20)
