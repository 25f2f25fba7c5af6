"""Names as a travel document prints them, and whether two spellings can be the same name there.

Never used to find out who somebody is (fault F48), and nothing is corrected by it: a difference is a question
for a person, before an airline's desk asks it.
"""

import unicodedata

# Letters with no plain one inside: the same however they are written.
ONE_WAY = {"Đ": "D", "Ð": "D", "Ł": "L", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "Ə": "E", "Ɛ": "E", "Ɔ": "O", "Ĳ": "IJ"}
# Letters that Doc 9303 writes with two, and of which many a passport and airline only drops the mark.
TWO_LETTERS = {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "Þ": "TH"}
PLAIN = {"Ø": "O", "Æ": "A", "Œ": "O", "ẞ": "S", "Þ": "T"}
TITLES = ("MRS", "MR", "MS", "MSTR", "MISS", "DR", "CHD", "INF")
NO_GIVEN_NAME = "FNU"  # what a ticket carries for somebody with one name only: first name unknown
LONG_ENOUGH = 15  # a spelling of so many letters may be a longer one that was cut where the space ended
Names = tuple[str, str]


def printable_name(given_names: str, family_name: str) -> Names:
    """Given and family name as a ticket carries them: letters A to Z and single spaces, whole.

    Somebody with one name has it as the family name, and ``FNU`` as the given one.
    """
    given, family = (" ".join(printed(word) for word in words(name)) for name in (given_names, family_name))
    return (given or NO_GIVEN_NAME, family) if family else (NO_GIVEN_NAME, given)


def names_differ(ticket: Names, document: Names) -> str | None:
    """Which name of a ticket is not that of the document: ``given_names``, ``family_name``, ``order`` or None.

    Both are (given, family). Marks, spaces, hyphens, a title glued on, the two ways to write a letter with a mark,
    further given names left out, and a name cut where the space ended make no difference.
    """
    if not same_given(ticket[0], document[0]):
        swapped = same(ticket[0], document[1]) and same(ticket[1], document[0])
        return "order" if swapped and document[0] else "given_names"
    return None if same(ticket[1], document[1]) else "family_name"


def same_given(ticket: str, document: str) -> bool:
    """The same given names, or only the first ones of them."""
    theirs = words(document)
    return any(same(ticket, " ".join(theirs[:count])) for count in range(len(theirs), 0, -1)) or (
        not theirs and same(ticket, "")
    )


def same(ticket: str, document: str) -> bool:
    """Whether two spellings can be the same name, one of them cut or with a title."""
    mine = {bare for form in forms(ticket) for bare in untitled(form)}
    return any(fits(one, other) for one in mine for other in forms(document))


def fits(one: str, other: str) -> bool:
    """Equal, or one is the other cut where the space ended."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= LONG_ENOUGH and long.startswith(short))


def untitled(form: str) -> set[str]:
    """A spelling with and without a title that an airline glued to it; ``FNU`` is no name."""
    bare = {form.removesuffix(title) for title in TITLES}
    return {"" if one == NO_GIVEN_NAME else one for one in bare | {form}} - ({""} if form in TITLES else set())


def forms(name: str) -> set[str]:
    """A name as letters A to Z without spaces: with marks written out, and with marks dropped."""
    return {"".join(printed(word, plain=plain) for word in words(name)) for plain in (False, True)}


def words(name: str) -> list[str]:
    """The parts of a name; a hyphen and a filler part them like a space, an apostrophe does not."""
    for sign in "-<.,/":
        name = name.replace(sign, " ")
    return name.split()


def printed(word: str, *, plain: bool = False) -> str:
    """A word in the letters A to Z; ``plain`` drops marks where Doc 9303 writes two letters."""
    table = ONE_WAY | (PLAIN if plain else TWO_LETTERS)
    capitals = "".join("ẞ" if letter == "ß" else letter.upper() for letter in unicodedata.normalize("NFC", word))
    written = "".join(table.get(letter, letter) for letter in capitals)
    return "".join(letter for letter in unicodedata.normalize("NFKD", written) if "A" <= letter <= "Z")
