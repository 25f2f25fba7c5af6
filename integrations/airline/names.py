"""Which names an airline can print on a ticket.

A ticket carries the name as the document's machine-readable zone spells it: Latin letters, whole. Nothing is
cut or rewritten here: a name the airline cannot take is a refusal, and the travel desk books.
"""

LONGEST = 20  # of each given_name and family_name (ecosystem.md §4.1)
# Airline systems drop or refuse these letters although they are part of Latin-1 or Latin Extended-A.
NAME_LETTERS_REFUSED = frozenset("ÆæŒœÞð")
LAST_LATIN_EXTENDED_A = "\u017f"


def name_trouble(name: str) -> str | None:
    """Why an airline cannot print a name: ``name_too_long`` or ``name_not_printable``; None when it can."""
    if len(name) > LONGEST:
        return "name_too_long"
    if not name or any(not c.isprintable() or c > LAST_LATIN_EXTENDED_A or c in NAME_LETTERS_REFUSED for c in name):
        return "name_not_printable"
    return None


def bookable_name(name: str) -> str:
    """Let a name through that an airline can print, else ValueError (which never repeats the name)."""
    trouble = name_trouble(name)
    if trouble is not None:
        raise ValueError(trouble)
    return name
