"""Duplicates: names across scripts, slips of birth dates, twins; a score that only ever finds candidates."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.databases import KEYRING
from tests.factories import RULES
from workflows.duplicates import Identity, birth_agreement, compare, is_twin, kept_tokens, wanted_tokens, worth_opening
from workflows.names import likeness, skeleton, skeletons

SAME = [
    ("محمد", "Mohammed"), ("محمد", "Muhammad"), ("حسین رضایی", "Hossein Rezaei"), ("خالد شريف", "Khaled Sharif"),
    ("خالد", "Halit"), ("فاطمة", "Fatma"), ("فاطمة", "Fatimah"), ("يوسف", "Yusuf"), ("يوسف", "Youssef"),
    ("جمال", "Cemal"), ("داوود", "Davud"), ("عمر", "Omar"), ("عبدالله رحیمی", "Abdullah Rahimi"),
    ("زينب الجبوري", "Zaynab Al Jubouri"), ("ნინო ბერიძე", "Nino Beridze"), ("Дилноза Каримова", "Dilnoza Karimova"),
    ("Жасур", "Jasur"), ("ሕሩት ታደሰ", "Hirut Tadesse"), ("রহিম উদ্দিন", "Rahim Uddin"), ("किरण थापा", "Kiran Thapa"),
    ("Çiğdem Şahin", "Cigdem Sahin"), ("İbrahim Işık", "ibrahim isik"), ("İBRAHİM IŞIK", "ibrahim ışık"),
    ("Recep", "Rajab"), ("عائشہ خان", "Ayesha Khan"),
]  # fmt: skip
OTHER = [("فاطمة", "Zainab"), ("Nino Beridze", "Keti Abashidze"), ("Jasur Tursunov", "Dilnoza Karimova")]
NINO = Identity("Nino", "Beridze", "ნინო ბერიძე", date(1991, 5, 7), "GEO", "F")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_f48_one_name_in_two_spellings_is_found(one: str, other: str) -> None:
    assert likeness((one,), (other,)) >= 90
    assert skeletons(one) & skeletons(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_names_are_two(one: str, other: str) -> None:
    assert likeness((one,), (other,)) < 60


@pytest.mark.parametrize("name", ["", "́", "‍", "A", "I", "ı", "🙂", "x" * 500, "٣", "a\u0301\u200d"])
def test_f48_strange_names_break_nothing(name: str) -> None:
    assert isinstance(skeleton(name), str)
    assert likeness((name,), (name,)) in (0.0, 98.0, 100.0)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert likeness((one,), (other,)) == pytest.approx(likeness((other,), (one,)))


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (date(1991, 5, 7), date(1991, 5, 7), 1.0),
        (date(1991, 5, 7), date(1991, 7, 5), 0.9),
        (date(1991, 5, 17), date(1991, 1, 1), 0.7),
        (date(1991, 5, 17), date(1991, 5, 18), 0.5),
        (date(1991, 5, 17), date(1990, 5, 17), 0.5),
        (date(1991, 5, 17), date(1989, 5, 17), 0.0),
        (date(1991, 5, 17), date(1991, 6, 18), 0.0),
    ],
)
def test_a_birth_date_with_a_usual_slip_still_counts(one: date, other: date, agreement: float) -> None:
    assert birth_agreement(one, other) == birth_agreement(other, one) == agreement


@pytest.mark.parametrize(
    ("over", "confidence"),
    [
        ({}, "high"),
        ({"given_names": "Ninó", "native_name": None}, "high"),
        ({"given_names": "Ninó", "family_name": "Beridse", "native_name": None}, "possible"),
        ({"born_on": date(1991, 7, 5)}, "high"),
        ({"born_on": date(1991, 1, 1)}, "possible"),
        ({"nationality": "TUR"}, "possible"),
        ({"born_on": date(1971, 2, 3)}, "low"),
        ({"given_names": "Keti", "family_name": "Abashidze", "native_name": None}, "low"),
    ],
)
def test_confidence_needs_name_birth_and_nationality(over: dict[str, object], confidence: str) -> None:
    assert compare(RULES, NINO, replace(NINO, **over)).confidence == confidence  # type: ignore[arg-type]


def test_twins_are_never_proposed_with_high_confidence() -> None:
    twin = replace(NINO, given_names="Nana", native_name="ნანა ბერიძე", phones=frozenset({"+905551"}))
    one = replace(NINO, phones=frozenset({"+905551"}))
    match = compare(RULES, one, twin)
    assert match.twin
    assert match.confidence == "possible"


def test_twins_whose_names_look_alike_in_latin_letters_differ_in_their_own() -> None:
    hasan = Identity("Hasan", "Ali", "حسن علی", date(2000, 3, 3), "AFG", "M")
    husayn = replace(hasan, given_names="Hussein", native_name="حسین علی")
    assert is_twin(hasan, husayn)
    assert not is_twin(hasan, replace(hasan, given_names="Hassan", native_name="حَسَن علي"))


def test_two_documents_of_one_country_forbid_high_confidence_and_one_document_gives_it() -> None:
    one = replace(NINO, documents=frozenset({"d1"}), document_countries=frozenset({"GEO"}))
    other = replace(NINO, documents=frozenset({"d2"}), document_countries=frozenset({"GEO"}))
    assert compare(RULES, one, other).confidence == "possible"
    changed = replace(one, given_names="Anna", family_name="Smith", native_name=None, born_on=date(1980, 1, 1))
    assert compare(RULES, one, changed).score == 100


def test_no_name_stands_in_an_index_and_a_slip_is_still_found() -> None:
    kept = kept_tokens(KEYRING, NINO)
    assert all(len(token) == 32 and set(token) <= set("0123456789abcdef") for token in kept)
    someone = UUID(int=1)
    rows = [(someone, token) for token in kept]
    for over in (
        {"given_names": "Nyno", "native_name": None, "born_on": date(1992, 5, 7)},
        {"given_names": "Xx", "family_name": "Yy", "native_name": None, "born_on": date(1991, 7, 5)},
    ):
        assert worth_opening(rows, *wanted_tokens(KEYRING, replace(NINO, **over))) == [someone]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "over",
    [
        {"born_on": date(1971, 2, 3), "phones": frozenset({"+1"})},
        {"family_name": "Smith", "native_name": None, "born_on": date(1991, 2, 3)},
    ],
)
def test_who_shares_too_little_is_not_opened(over: dict[str, object]) -> None:
    rows = [(UUID(int=1), token) for token in kept_tokens(KEYRING, NINO)]
    assert worth_opening(rows, *wanted_tokens(KEYRING, replace(NINO, **over))) == []  # type: ignore[arg-type]


def test_who_has_one_name_is_found_by_one_word() -> None:
    one = Identity("Jasur", "Jasur", None, date(1991, 5, 7), "UZB", "M")
    rows = [(UUID(int=1), token) for token in kept_tokens(KEYRING, one)]
    other = replace(one, given_names="Zhasur", family_name="Zhasur", born_on=date(1992, 1, 1))
    assert worth_opening(rows, *wanted_tokens(KEYRING, other)) == [UUID(int=1)]
