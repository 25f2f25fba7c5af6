"""Names across scripts and spellings, reduced to what survives a transliteration: only to find candidates.

Vowels go, digraphs fold, and what Arabic script leaves out or Turkish spells otherwise is one letter here (F48).
Two different names can come out alike, so nothing is ever decided by this.
"""

import re
import unicodedata

from anyascii import anyascii
from rapidfuzz import fuzz

BEFORE = str.maketrans({"ç": "ch", "ş": "sh", "ğ": "gh", "ı": "i", "ə": "e", "ö": "o", "ü": "u"})
DIGRAPHS = (
    ("sch", "s"), ("tch", "j"), ("shch", "s"), ("sh", "s"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"),
    ("ch", "j"), ("ph", "f"), ("th", "t"), ("dh", "z"), ("ck", "k"), ("ts", "s"), ("x", "ks"),
)  # fmt: skip
LETTERS = str.maketrans({"q": "k", "c": "j", "w": "v"})
FINAL = str.maketrans("tp", "db")  # Turkish hardens a last letter: Halit, Recep
PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "bint", "binti", "van", "de"})
SAME_LETTER = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ؤ": "و", "ئ": "ی"})
SOUNDS_Z = str.maketrans("ضظذ", "ززز")  # one sound in Persian, Turkish and Urdu
LONGEST = 200


def letters(name: str) -> str:
    """Lower case without accents, marks, joiners or doubled forms of a letter; the script stays."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(BEFORE))
    kept = "".join(one for one in plain if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")
    return " ".join(kept.translate(SAME_LETTER).split())[:LONGEST]


def tokens(name: str) -> list[str]:
    """The words of a name."""
    return [token for token in re.split(r"[\s\-'’.,]+", letters(name)) if token and token not in PARTICLES]


def skeleton(token: str) -> str:
    """The consonants of one word, whatever script it was written in; a word of vowels keeps its first letter."""
    native = token.removeprefix("ال") if len(token) > 4 else token
    latin = re.sub(r"[^a-z]", "", anyascii(native.translate(SOUNDS_Z)).lower())
    folded = latin
    for pair, letter in DIGRAPHS:
        folded = folded.replace(pair, letter)
    folded = re.sub(r"(.)\1+", r"\1", folded.translate(LETTERS))
    first = "v" if folded.startswith("v") else ""
    bones = first + re.sub(r"[aeiouyv]", "", folded)
    bones = bones[:-1] if len(bones) > 1 and bones.endswith("h") else bones
    return (bones[:-1] + bones[-1:].translate(FINAL)) or latin[:1]


def skeletons(*names: str | None) -> frozenset[str]:
    """The skeletons of all words of some spellings of one name."""
    found = (skeleton(token) for name in names if name for token in tokens(name))
    return frozenset(bones for bones in found if bones)


def script(name: str) -> str:
    """The script of a name, by its first letter."""
    first = next((letter for letter in name if letter.isalpha()), None)
    return unicodedata.name(first, "").split(" ")[0] if first else ""


def likeness(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> float:
    """How alike two people's names are, 0 to 100: the best of all pairs of spellings, by skeleton and by letters."""
    pairs = [(a, b) for a in one if a for b in other if b]
    return max((alike(a, b) for a, b in pairs), default=0.0)


def alike(one: str, other: str) -> float:
    """Two spellings. A skeleton alone is worth a little less than the letters, because it holds less."""
    bones = fuzz.token_sort_ratio(*(" ".join(sorted(skeletons(name))) for name in (one, other)))
    plain = fuzz.token_sort_ratio(letters(one), letters(other)) if script(one) == script(other) else 0.0
    return max(0.98 * bones, plain)
