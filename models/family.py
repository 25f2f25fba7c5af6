"""Families: cases that belong together, and cases that must never hear of each other again."""

from uuid import UUID

from models.base import plain, sealed
from models.case import Belonging, OfPerson


class FamilyLink(Belonging, table=True):
    """A case joins or leaves a group of cases of one family; the newest row of a case and group counts.

    People are linked and never merged: each adult keeps a case of their own.
    """

    __tablename__ = "family_links"

    group_id: UUID = plain(index=True)
    relation: str = plain(max_length=20)
    joined: bool = plain(True)


class Separation(OfPerson, table=True):
    """A case that must never meet this one: no flight, no file, no link. Which one is sealed, on each side."""

    __tablename__ = "separations"

    other: bytes | None = sealed(3)
    reason: bytes | None = sealed(3)
    perpetrator_here: bytes | None = sealed(3)
