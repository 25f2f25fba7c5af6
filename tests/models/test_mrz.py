"""Machine-readable zones, by the public specimens of ICAO Doc 9303, and every zone that can be printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import mrz
from models.mrz import PartialDate, check_digit

TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]
LONG = ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]
MRV_A = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"]
MRV_B = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"]
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("lines", "form"),
    [(TD1, "TD1"), (TD2, "TD2"), (TD3, "TD3"), (LONG, "TD1"), (MRV_A, "MRV-A"), (MRV_B, "MRV-B")],
    ids=["TD1", "TD2", "TD3", "long", "MRV-A", "MRV-B"],
)
def test_a_right_zone_has_no_wrong_digit(lines: list[str], form: str) -> None:
    zone = mrz.read(lines)
    assert (zone.form, zone.wrong) == (form, ())
    assert (zone.issuer, zone.names_cut) == ("UTO", False)


@pytest.mark.parametrize(
    ("text", "digit"), [("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1), ("D23145890", 7)]
)
def test_check_digits_of_the_specimens(text: str, digit: int) -> None:
    assert check_digit(text) == digit


def test_a_passport_is_read_whole() -> None:
    zone = mrz.read(TD3)
    assert (zone.family_name, zone.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (zone.code, zone.number, zone.nationality, zone.sex, zone.personal) == (
        "P",
        "L898902C3",
        "UTO",
        "F",
        "ZE184226B",
    )
    assert zone.born(TODAY) == PartialDate(1974, 8, 12)
    assert zone.expires_on(TODAY) == date(2012, 4, 15)


def test_a_number_longer_than_nine_characters_is_read_whole() -> None:
    assert mrz.number_of(LONG) == "D23145890734"
    assert mrz.wrong_digits([LONG[0].replace("7349", "7348"), *LONG[1:]]) == ["number", "composite"]


@pytest.mark.parametrize("at", [at for at in range(28) if at not in (9, 10, 11, 12, 19, 20, 27)])
def test_a_character_that_is_one_off_is_noticed(at: int) -> None:
    other = mrz.check_digit(TD3[1][at]) + 1  # nationality and sex have no digit of their own
    assert mrz.wrong_digits([TD3[0], TD3[1][:at] + str(other % 10) + TD3[1][at + 1 :]])


def test_a_misread_letter_is_named() -> None:
    assert mrz.wrong_digits([TD3[0], TD3[1].replace("L898902C3", "L898902O3")]) == ["number", "composite"]


@pytest.mark.parametrize("lines", [["P<UTO"], [], [TD3[0], TD3[1][:-1]], [TD3[0], TD3[1].lower()], [*TD2, TD2[0]]])
def test_lines_of_no_known_format_are_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match="TD1, TD2 or TD3"):
        mrz.wrong_digits(lines)


def test_germany_writes_one_letter() -> None:
    zone = mrz.read(["P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", TD3[1]])
    assert (zone.issuer, zone.country) == ("D", "DEU")
    assert (zone.family_name, zone.given_names) == ("MUSTERMANN", "ERIKA")


def test_one_name_alone_and_a_name_that_fills_the_space() -> None:
    assert mrz.read(["P<UTOARKFREITH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", TD3[1]]).given_names == ""
    cut = mrz.read(["P<UTONILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", TD3[1]])
    assert (cut.names_cut, cut.given_names) == (True, "CHAYAPA DEJTHAMRONG K")


@pytest.mark.parametrize(
    ("birth", "known"),
    [
        ("7408<<", PartialDate(1974, 8, None)), ("74<<<<", PartialDate(1974, None, None)),
        ("<<<<<<", PartialDate(None, None, None)), ("260302", PartialDate(2026, 3, 2)),
        ("260303", PartialDate(1926, 3, 3)), ("26<<<<", PartialDate(2026, None, None)),
        ("270101", PartialDate(1927, 1, 1)),
    ],
)  # fmt: skip
def test_a_birth_date_may_be_known_in_part_and_lies_in_the_last_possible_century(
    birth: str, known: PartialDate
) -> None:
    line = TD3[1][:13] + birth + str(check_digit(birth)) + TD3[1][20:]
    zone = mrz.read([TD3[0], line])
    assert "birth" not in zone.wrong
    assert zone.born(TODAY) == known


def test_a_partly_known_date_agrees_with_every_day_it_can_be() -> None:
    assert PartialDate(1974, 8, None).agrees_with(date(1974, 8, 30))
    assert not PartialDate(1974, 8, None).agrees_with(date(1974, 9, 1))


@pytest.mark.parametrize(
    ("expiry", "day"), [("360101", date(2036, 1, 1)), ("991231", date(1999, 12, 31)), ("750101", date(2075, 1, 1))]
)
def test_an_expiry_lies_in_the_nearest_century(expiry: str, day: date) -> None:
    zone = mrz.read([TD3[0], TD3[1][:21] + expiry + str(check_digit(expiry)) + TD3[1][28:]])
    assert zone.expires_on(TODAY) == day


@pytest.mark.parametrize("birth", ["741301", "740230", "7A0101"])
def test_an_impossible_birth_date_is_refused(birth: str) -> None:
    zone = mrz.read([TD3[0], TD3[1][:13] + birth + TD3[1][19:]])
    with pytest.raises(ValueError, match=r"month|day|digits"):
        zone.born(TODAY)


NAME = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=5), min_size=1, max_size=2).map(" ".join)
NUMBER = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=9)
DAY = st.dates(date(1930, 1, 1), date(2025, 12, 31))


def with_digit(text: str) -> str:
    """A field and its check digit."""
    return text + str(check_digit(text))


def printed(form: str, family: str, given_names: str, number: str, born: date, until: date, sex: str) -> list[str]:
    """A zone as a press would print it: written here from the book, apart from what reads it."""
    names = f"{family}<<{given_names}".replace(" ", "<")
    short, more = number[:9].ljust(9, "<"), number[9:]
    birth, expiry = with_digit(f"{born:%y%m%d}"), with_digit(f"{until:%y%m%d}")
    first = f"{short}<{more}{check_digit(number)}" if more else with_digit(short)
    if form == "TD1":
        head, middle = f"I<UTO{first}".ljust(30, "<"), f"{birth}{sex}{expiry}UTO{'<' * 11}"
        last = check_digit(head[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
        return [head, f"{middle}{last}", names.ljust(30, "<")]
    width, blank = (44, with_digit("<" * 14)) if form == "TD3" else (36, "<" * 7)
    if more:
        blank = f"{more}{check_digit(number)}".ljust(7, "<")
    second = f"{short}<" if more else with_digit(short)
    line = f"{second}UTO{birth}{sex}{expiry}{blank}"
    last = check_digit(line[0:10] + line[13:20] + line[21 : width - 1])
    return [f"P<UTO{names}".ljust(width, "<"), f"{line}{last}"]


@given(st.sampled_from(["TD1", "TD2", "TD3"]), NAME, NAME, NUMBER, DAY, DAY, st.sampled_from("FM<"))
def test_what_is_printed_is_read_back(
    form: str, family: str, given_names: str, number: str, born: date, until: date, sex: str
) -> None:
    lines = printed(form, family, given_names, number, born, until, sex)
    zone = mrz.read(lines)
    assert (zone.form, zone.wrong, zone.number) == (form, (), number)
    assert (zone.family_name, zone.given_names) == (family, given_names)
    assert zone.born(TODAY).agrees_with(born)
    assert zone.sex == {"<": "X"}.get(sex, sex)
    assert (zone.expires_on(TODAY).month, zone.expires_on(TODAY).day) == (until.month, until.day)


@given(st.sampled_from(["TD1", "TD2"]), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=10, max_size=14))
def test_a_long_number_is_read_back(form: str, number: str) -> None:
    assert mrz.read(printed(form, "A", "B", number, date(1990, 1, 1), date(2030, 1, 1), "F")).number == number
