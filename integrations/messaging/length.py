"""How many segments an SMS takes, and so what it costs: GSM 03.38 when every letter is in it, else UCS-2.

Turkish ş, ğ, ı and ç and every Arabic letter are outside the GSM alphabet (national shift tables are
not used by the providers we know), so one of them makes the whole text UCS-2.
"""

from collections.abc import Iterable

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}\\[~]|€\f")  # each is written as an escape and a letter
GSM_ONE, GSM_MANY = 160, 153
UCS2_ONE, UCS2_MANY = 70, 67


def segments(text: str) -> int:
    """Count the segments of a text; an empty one has none. A letter is never cut in two."""
    if all(letter in BASIC or letter in EXTENSION for letter in text):
        return packed((2 if letter in EXTENSION else 1 for letter in text), GSM_ONE, GSM_MANY)
    return packed((2 if ord(letter) > 0xFFFF else 1 for letter in text), UCS2_ONE, UCS2_MANY)


def packed(widths: Iterable[int], one: int, many: int) -> int:
    """Fill segments of ``many`` places with letters, unless all fit into ``one``."""
    letters = list(widths)
    if sum(letters) <= one:
        return 1 if letters else 0
    count, used = 1, 0
    for width in letters:
        if used + width > many:
            count, used = count + 1, 0
        used += width
    return count
