"""Two spellings of a name on paper: what may differ, and what an airline's desk would stop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document_names import names_differ, printable_name

SAME = [
    (("Anna Maria", "Eriksson"), ("ANNA MARIA", "ERIKSSON")),
    (("ANNAMARIA", "ERIKSSON"), ("ANNA MARIA", "ERIKSSON")),
    (("ANNA", "ERIKSSON"), ("ANNA MARIA", "ERIKSSON")),
    (("ANNA MARIA MRS", "ERIKSSON"), ("ANNA MARIA", "ERIKSSON")),
    (("Jürgen", "Groß"), ("JUERGEN", "GROSS")),
    (("Gül", "Öztürk"), ("GUL", "OZTURK")),
    (("İpek", "Işık"), ("IPEK", "ISIK")),
    (("Łukasz", "Đorđević"), ("LUKASZ", "DORDEVIC")),
    (("Mary-Ann", "O'Brien"), ("MARY ANN", "OBRIEN")),
    (("Suu", "Papandropoulous Kyri"), ("SUU", "PAPANDROPOULOUSKYRIAKIDIS")),
    (("FNU", "Arkfreith"), ("", "ARKFREITH")),
]
DIFFERENT = [
    (("MARIA", "ERIKSSON"), ("MARIANNE", "ERIKSSON"), "given_names"),
    (("MARIA", "ERIKSSON"), ("ANNA MARIA", "ERIKSSON"), "given_names"),
    (("ANNA", "ERIKSEN"), ("ANNA", "ERIKSSON"), "family_name"),
    (("ANNA", "AL"), ("ANNA", "AL JUBOURI"), "family_name"),
    (("ERIKSSON", "ANNA"), ("ANNA", "ERIKSSON"), "order"),
    (("MR", "ERIKSSON"), ("ANNA", "ERIKSSON"), "given_names"),
    (("", "ERIKSSON"), ("ANNA", "ERIKSSON"), "given_names"),
]


@pytest.mark.parametrize(("ticket", "document"), SAME)
def test_f48_spellings_of_one_name_do_not_differ(ticket: tuple[str, str], document: tuple[str, str]) -> None:
    assert names_differ(ticket, document) is None


@pytest.mark.parametrize(("ticket", "document", "which"), DIFFERENT)
def test_f48_another_name_is_said_to_be_one(ticket: tuple[str, str], document: tuple[str, str], which: str) -> None:
    assert names_differ(ticket, document) == which


def test_f48_one_name_alone_is_the_family_name() -> None:
    assert printable_name("", "Arkfreith") == ("FNU", "ARKFREITH")
    assert printable_name("Sukarno", "") == ("FNU", "SUKARNO")


def test_f48_a_name_is_printed_whole() -> None:
    assert printable_name("Anna-Maria", "Garcia Márquez de la Concordia") == (
        "ANNA MARIA", "GARCIA MARQUEZ DE LA CONCORDIA",
    )  # fmt: skip


LATIN = st.text(st.sampled_from("aäAÄöÖøØßşŞıİğĞçłđñ'é xyz-"), min_size=1, max_size=30)


@given(LATIN, LATIN)
def test_f48_what_is_printed_never_differs_from_its_name(first: str, last: str) -> None:
    ticket = printable_name(first, last)
    assert set("".join(ticket)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ")
    if all(any(letter.isalpha() for letter in name) for name in (first, last)):
        assert names_differ(ticket, (first, last)) is None
