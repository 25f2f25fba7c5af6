"""Which names an airline can print on a ticket."""

# Airline systems drop or refuse these letters although they are part of Latin-1 or Latin Extended-A.
NAME_LETTERS_REFUSED = frozenset("ÆæŒœÞð")
LAST_LATIN_EXTENDED_A = "\u017f"


def bookable_name(name: str) -> str:
    """Let a name through that an airline can print, else ValueError (which never repeats the name)."""
    if not 1 <= len(name) <= 20:
        raise ValueError("a name has 1 to 20 characters")
    if any(not c.isprintable() or c > LAST_LATIN_EXTENDED_A or c in NAME_LETTERS_REFUSED for c in name):
        raise ValueError("a name has only Latin letters that airlines accept")
    return name
