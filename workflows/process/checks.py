"""What must hold of the whole process: of its text and rules here, of its states in ``states``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.stage import MAP
from workflows.actions import ACTIONS
from workflows.explain import LANGUAGES, phrases
from workflows.gates import GATES
from workflows.pathways import CURRENT, Limit, Row, load
from workflows.patience import ESCALATES_TO
from workflows.process.personal import IMPERSONAL, PERSONAL
from workflows.process.sites import ASKS, WAITS, sites
from workflows.records import FACTS

A_LAW = re.compile(r"\b(Law|Convention|Regulation|Circular|Act|art\.|Kanun|Yönetmelik|6458)\b")


@dataclass
class Proof:
    """One claim: how many things were looked at, and what speaks against it."""

    claim: str
    looked_at: int = 0
    against: list[str] = field(default_factory=list)

    def look(self, holds: bool, what: str) -> None:
        """One more."""
        self.looked_at += 1
        if not holds:
            self.against.append(what)


def of_the_text(pathway: str = CURRENT[0], version: int = CURRENT[1]) -> Iterator[Proof]:
    """Everything that can be read without living a life."""
    yield owners(pathway, version)
    yield answers()
    yield sources(pathway, version)
    yield disclosures()
    yield words()


def owners(pathway: str, version: int) -> Proof:
    """Every question, duty and wait has an owner and a limit."""
    proof, times = Proof("every wait has an owner and a deadline"), load(pathway, version).times
    for site in sites():
        if site.kind in ASKS:
            proof.look(
                site.limit is None or site.limit in times, f"{site.place} {site.question}: no limit {site.limit}"
            )
        elif site.kind == WAITS:
            proof.look(site.limit is not None, f"{site.place} {site.reason}")
    for role, above in ESCALATES_TO.items():
        proof.look(above is not role, f"{role} escalates to itself")
    return proof


def answers() -> Proof:
    """Every question can be answered, by the role that is asked and by the one it goes to when it is late."""
    proof = Proof("every question can be answered by whom it is asked")
    for site in sites():
        if site.kind in ASKS and site.question and site.role:
            fact = FACTS.get(site.question)
            roles = {role.value for role in fact.roles} if fact else set()
            proof.look(site.role in roles, f"{site.place} {site.question}: {site.role} may not answer")
    return proof


def sources(pathway: str, version: int) -> Proof:
    """Every number has a source and an owner; what rests on a law says so and since when it holds."""
    proof, said = Proof("every legal number has a source and a date"), load(pathway, version)
    rows: list[tuple[str, Limit | Row]] = [*said.times.items(), *said.numbers.items()]
    rows += [(kind.table, row) for kind, table in said.tables.items() for row in table]
    for name, one in rows:
        proof.look(bool(one.source and one.owner and one.valid_from), f"{said.origin.get(name)}: {name} has no source")
        if A_LAW.search(one.source):
            proof.look(one.legal, f"{said.origin.get(name)}: {name} names a law and is not marked legal")
    return proof


def disclosures() -> Proof:
    """Every action is known to carry personal data on a word of the person, or to carry none."""
    proof = Proof("every action says what it tells, to whom, on whose word")
    for action in ACTIONS:
        proof.look((action in PERSONAL) != (action in IMPERSONAL), action)
    for action in (*PERSONAL, *IMPERSONAL):
        proof.look(action in ACTIONS, f"{action} does not exist")
    return proof


def words() -> Proof:
    """Every gate and reason has its words in every language."""
    proof = Proof("every reason can be said in every language")
    codes = {site.reason for site in sites() if site.reason}
    for language in LANGUAGES:
        for code in sorted(codes):
            proof.look(code in phrases(language)["reasons"], f"{language}: {code}")
    for row in MAP.values():
        proof.look(all(gate in GATES for gate in row.needs), row.stage.value)
    return proof
