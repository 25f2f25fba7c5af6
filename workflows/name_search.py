"""Finds people by a name in whatever script and spelling it is typed, without a name standing in any index.

A name is found by the beginnings of its words from three letters on, in Latin letters, and by the consonants of a
word, which are the same in every script. Two different names may come out alike: who searches sees both.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from uuid import UUID

from anyascii import anyascii
from sqlalchemy import event, insert
from sqlmodel import Session, col, select

from models.cabinet import TOUCHED, Watched
from models.database import Database, keyring_of, vault_of
from models.name_token import NameToken, fingerprints, forget
from models.person import Person
from models.vault import Keyring, PersonKey, Unreadable
from workflows.names import LONGEST, PARTICLES, skeleton

FEWEST, MOST = 3, 10  # letters of a beginning
MOST_WORDS = 4
PAGE = 500
PAIRS = re.compile(r"([sgztcpd])h|k(h)")  # Turkish, Cyrillic and Arabic script have one letter for each
BETWEEN_WORDS = re.compile(r"[\s\-'’.,]+")


def words(name: str) -> list[str]:
    """The words of a name as they are written, without the little ones that come and go."""
    whole = unicodedata.normalize("NFKC", name).casefold()
    return [word for word in BETWEEN_WORDS.split(whole) if word and word not in PARTICLES]


def shapes(word: str) -> set[tuple[str, str]]:
    """A word in plain Latin letters, with the pairs of letters that others write as one, and its consonants."""
    native = word.removeprefix("ال") if len(word) > 4 else word
    plain = once(re.sub(r"[^a-z0-9]", "", anyascii(native).lower()))
    return {("l", plain), ("l", once(PAIRS.sub(r"\1\2", plain))), ("c", skeleton(word))} if plain else set()


def once(letters: str) -> str:
    """A doubled letter counts once."""
    return re.sub(r"(.)\1+", r"\1", letters)


def ways_to_find(*spellings: str | None) -> Iterator[str]:
    """Everything by which somebody of these names is found."""
    for word in (one for name in spellings if name for one in words(name)):
        for kind, shape in shapes(word):
            lengths = range(min(FEWEST, len(shape)), min(len(shape), MOST) + 1)
            yield from (f"{kind}:{shape[:length]}" for length in lengths)


def wanted(keyring: Keyring, typed: str) -> list[frozenset[int]]:
    """For each word that was typed, the fingerprints of which a person must have one; empty when nothing is left."""
    return [
        fingerprints(keyring, {f"{kind}:{shape[:MOST]}" for kind, shape in shapes(word)})
        for word in words(typed[:LONGEST])[:MOST_WORDS]
        if shapes(word)
    ]


def keep(session: Session, people: Iterable[Person]) -> None:
    """Make some people findable by the names that they now have; whoever was erased is found no more."""
    known = {person.id: person for person in people}
    forget(session, list(known))
    keys = session.exec(select(PersonKey).where(col(PersonKey.person_id).in_(known))).all()  # fetched together
    rows = [
        {"token": token, "person_id": key.person_id}
        for key in keys
        for token in fingerprints(keyring_of(session), ways_to_find(*names(session, known[key.person_id])))
    ]
    if rows:
        session.connection().execute(insert(NameToken), rows)


def names(session: Session, person: Person) -> tuple[str, str | None]:
    """How somebody is written, in Latin letters and as they write it.

    Nothing for a name that does not open: an index for searching must not keep a change of the case from being made.
    """
    vault = vault_of(session)
    try:
        parts = [vault.open(person, name) for name in ("given_names", "family_name")]
        return " ".join(part for part in parts if part), vault.open(person, "native_name")
    except Unreadable:
        return "", None


def keep_written(session: Session) -> None:
    """At the end of each transaction: whoever was written in it, by whatever command, can be found."""
    session.flush()
    ids = {one for kinds in session.info.get(TOUCHED, {}).values() for one in kinds.get(Person, ())}
    if ids:
        keep(session, session.exec(select(Person).where(col(Person.id).in_(ids))).all())


def index_missing(database: Database) -> int:
    """Make everybody findable who was written before there was this index. Gives how many they are."""
    done, after = 0, None
    while True:
        with database.unit_of_work() as session:
            people = without_tokens(session, after)
            keep(session, people)
        if not people:
            return done
        done, after = done + len(people), people[-1].id


def without_tokens(session: Session, after: UUID | None) -> list[Person]:
    """Some people who cannot be found and whose names can still be read, in the order of their ids."""
    found = select(NameToken.token).where(NameToken.person_id == Person.id).exists()
    query = select(Person).join(PersonKey, col(PersonKey.person_id) == Person.id).where(~found)
    query = query.where(col(Person.id) > after) if after else query
    return list(session.exec(query.order_by(col(Person.id)).limit(PAGE)))


event.listen(Watched, "before_commit", keep_written)
