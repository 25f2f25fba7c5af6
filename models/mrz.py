"""Machine-readable zones of travel documents: check digits after ICAO Doc 9303, formats TD1, TD2 and TD3."""

WEIGHTS = (7, 3, 1)
# For each format: line length, number of lines, and (line, from, to, position of the check digit) of each field.
LAYOUTS: dict[str, tuple[int, int, dict[str, tuple[int, int, int, int]]]] = {
    "TD3": (44, 2, {"number": (1, 0, 9, 9), "birth": (1, 13, 19, 19), "expiry": (1, 21, 27, 27)}),
    "TD2": (36, 2, {"number": (1, 0, 9, 9), "birth": (1, 13, 19, 19), "expiry": (1, 21, 27, 27)}),
    "TD1": (30, 3, {"number": (0, 5, 14, 14), "birth": (1, 0, 6, 6), "expiry": (1, 8, 14, 14)}),
}


def check_digit(text: str) -> int:
    """The check digit of a field: weights 7, 3, 1 over digits, letters A=10 to Z=35, and ``<`` as 0."""
    values = [0 if letter == "<" else int(letter, 36) for letter in text]
    return sum(value * WEIGHTS[place % 3] for place, value in enumerate(values)) % 10


def composite_of(kind: str, lines: list[str]) -> tuple[str, str]:
    """The text that the last check digit covers, and that digit."""
    if kind == "TD3":
        second = lines[1]
        return second[0:10] + second[13:20] + second[21:43], second[43]
    if kind == "TD2":
        second = lines[1]
        return second[0:10] + second[13:20] + second[21:35], second[35]
    return lines[0][5:30] + lines[1][0:7] + lines[1][8:15] + lines[1][18:29], lines[1][29]


def wrong_digits(lines: list[str]) -> list[str]:
    """The fields whose check digit is wrong. Raises ValueError when the lines have no known format."""
    shape = (len(lines[0]) if lines else 0, len(lines))
    kind = next((name for name, (width, count, _) in LAYOUTS.items() if (width, count) == shape), None)
    allowed = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
    if kind is None or any(len(line) != shape[0] or set(line) - allowed for line in lines):
        raise ValueError("the lines are not a TD1, TD2 or TD3 zone: copy them as printed, with every <")
    fields = LAYOUTS[kind][2]
    wrong = [
        name
        for name, (line, start, end, at) in fields.items()
        if str(check_digit(lines[line][start:end])) != lines[line][at]
    ]
    text, digit = composite_of(kind, lines)
    return wrong + ([] if str(check_digit(text)) == digit else ["composite"])


def number_of(lines: list[str]) -> str:
    """The document number as printed in the zone, of at most nine characters."""
    line, start, end = (0, 5, 14) if len(lines) == 3 else (1, 0, 9)
    return lines[line][start:end].rstrip("<")
