"""Check digits of machine-readable zones, by the public specimens of ICAO Doc 9303."""

import pytest

from models import mrz

TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]


@pytest.mark.parametrize("lines", [TD1, TD2, TD3], ids=["TD1", "TD2", "TD3"])
def test_a_right_zone_has_no_wrong_digit(lines: list[str]) -> None:
    assert mrz.wrong_digits(lines) == []


def test_a_misread_letter_is_named() -> None:
    assert mrz.wrong_digits([TD3[0], TD3[1].replace("L898902C3", "L898902O3")]) == ["number", "composite"]


def test_lines_of_no_known_format_are_refused() -> None:
    with pytest.raises(ValueError, match="TD1, TD2 or TD3"):
        mrz.wrong_digits(["P<UTO"])


def test_the_number_is_read() -> None:
    assert mrz.number_of(TD3) == "L898902C3"
