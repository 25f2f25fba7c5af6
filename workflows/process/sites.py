"""Every place in the code where a question, a duty or a wait is made, read from its text.

So the map that ``sila process show`` prints is the code's own, and cannot fall behind it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOM = Path(__file__).parents[1]
ASKS = {"ask": "answer", "duty": "answer", "ask_by": "urgent"}
WAITS = "Waiting"
# Rooms and files that ask nobody: what is recorded, read, sent or described there is asked for elsewhere.
APART = {"actions", "commands", "facts", "gather", "inputs", "pathways", "process", "records", "patience.py"}
# Whose files lie beside the stage: a folder or a file of helpers.
BELONGS_TO = {"handover": "partner_handover", "reserving.py": "flight_booking", "parties.py": "flight_booking"}
DOES = ("attempt", "again", "message", "look", "Doing")


@dataclass(frozen=True)
class Site:
    """One place: the file's noun, what is made there, and what the text says of it (None: a caller decides)."""

    noun: str
    place: str
    kind: str
    role: str | None = None
    question: str | None = None
    reason: str | None = None
    limit: str | None = None
    party: str | None = None
    action: str | None = None


@cache
def sites() -> tuple[Site, ...]:
    """All of them, by file and line."""
    paths = [path for path in sorted(ROOM.rglob("*.py")) if path.relative_to(ROOM).parts[0] not in APART]
    return tuple(site for path in paths for site in in_file(path))


def in_file(path: Path) -> Iterator[Site]:
    """Those of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    noun = BELONGS_TO.get(path.relative_to(ROOM).parts[0], path.stem)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = f"{path.relative_to(ROOM)}:{node.lineno}"
            if node.func.id in ASKS:
                yield asked(noun, place, node, node.func.id)
            elif node.func.id == WAITS:
                yield waited(noun, place, node)
            elif node.func.id in DOES:
                yield done(noun, place, node, node.func.id)


def asked(noun: str, place: str, call: ast.Call, name: str) -> Site:
    """A question or a duty."""
    words = [text_of(one) for one in call.args]
    question = next((word for word in words if word), None)
    role = next((attribute_of(one, "Role") for one in call.args if attribute_of(one, "Role")), None)
    return Site(noun, place, name, role, question, reason_of(call), limit_of(call, ASKS[name]))


def waited(noun: str, place: str, call: ast.Call) -> Site:
    """A wait for somebody."""
    party = next((attribute_of(one, "Party") for one in call.args if attribute_of(one, "Party")), None)
    given = len(call.args) + len(call.keywords)
    return Site(noun, place, WAITS, reason=reason_of(call), party=party, limit="until" if given == 4 else None)


def done(noun: str, place: str, call: ast.Call, name: str) -> Site:
    """Something done outside."""
    action = next((word for one in call.args if (word := text_of(one))), None)
    return Site(noun, place, name, reason=reason_of(call), action=action)


def reason_of(call: ast.Call) -> str | None:
    """The code of the first ``say(...)`` among the arguments."""
    for one in call.args:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "say" and one.args:
            return text_of(one.args[0])
    return None


def limit_of(call: ast.Call, usual: str) -> str | None:
    """The name of the limit; the usual one when none is given, None when a caller decides."""
    given = next((word.value for word in call.keywords if word.arg == "within"), None)
    return usual if given is None else text_of(given)


def text_of(node: ast.expr) -> str | None:
    """A text that stands there as it is."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def attribute_of(node: ast.expr, owner: str) -> str | None:
    """``Role.COUNSELLOR`` as counsellor."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == owner:
        return node.attr.lower()
    return None
