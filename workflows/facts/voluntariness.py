"""Options, coercion, capacity, the declaration and what it waits for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Assent:
    """A child under 18, and what they said themselves; None while they were not asked."""

    person: str
    assents: bool | None


@dataclass(frozen=True)
class Voluntariness:
    """Open signs of coercion, whether the last interpreter was in conflict, who cannot decide alone, who assents.

    ``unable`` are adults who cannot decide alone, ``unaided`` those of them without anybody who decides with them.
    ``unshared`` are handovers whose recipient the person no longer allowed at some time after they were offered.
    ``data_taken_back``: the consent to keep data was given and is no longer.
    ``sharing_ended`` are partners to whom a consent was given in this journey and taken back.
    """

    open_flags: tuple[str, ...] = ()
    interpreter_conflict: bool = False
    unable: frozenset[str] = frozenset()
    unaided: tuple[str, ...] = ()
    assents: tuple[Assent, ...] = ()
    unshared: frozenset[str] = frozenset()
    sharing_ended: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    data_taken_back: bool = False
