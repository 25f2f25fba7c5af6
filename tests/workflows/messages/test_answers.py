"""Short answers in eight languages, however they are typed."""

import pytest

from workflows.messages.answers import CALL_ME, FINE, OTHER, STOP, UNSAFE, WORDS, folded, meaning_of
from workflows.messages.texts import BY_SMS, translated

LANGUAGES = {"en", "tr", "ar", "fa", "ru", "fr", "uz", "ur"}


def test_every_answer_can_be_given_in_every_language() -> None:
    assert set(WORDS) == {FINE, CALL_ME, UNSAFE, STOP}
    for meaning, spoken in WORDS.items():
        assert set(spoken) >= LANGUAGES, meaning


def test_no_word_means_two_things() -> None:
    said = [(folded(word), meaning) for meaning, spoken in WORDS.items() for words in spoken.values() for word in words]
    assert len({word for word, _ in said}) == len(set(said))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_the_question_offers_is_understood(language: str) -> None:
    parts = folded(translated(BY_SMS["send_check_in"], language)).split()
    assert [meaning_of(part) for part in parts if part in ("1", "2", "3")] == [FINE, CALL_ME, UNSAFE]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", FINE), (" 1. ", FINE), ("١", FINE), ("۱", FINE), ("\uff11", FINE), ("İYİYİM!", FINE), ("IYIYIM", FINE),
        ("بِخَيْر", FINE), ("все хорошо", FINE), ("Ça va.", FINE), ("2", CALL_ME), ("۲", CALL_ME),
        ("Appelez-moi", CALL_ME), ("menga qo'ng'iroq qiling", CALL_ME), ("3", UNSAFE), ("٣", UNSAFE), ("HELP", UNSAFE),
        ("j’ai besoin d’aide", UNSAFE), ("مجھے مدد چاہئے", UNSAFE), ("STOP", STOP), ("Dur", STOP), ("توقف", STOP),
        ("СТОП", STOP), ("ARRÊT", STOP), ("arret", STOP), ("to‘xtat", STOP), ("toʻxtat", STOP),
    ],
)  # fmt: skip
def test_however_it_is_typed_it_means_the_same(text: str, meaning: str) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    "text", ["", " ", "4", "12", "1 2", "not 1", "I am not fine", "stop him", "who is this?", "🙂"]
)
def test_whatever_is_not_exactly_a_word_is_for_a_person(text: str) -> None:
    assert meaning_of(text) == OTHER
