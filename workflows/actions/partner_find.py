"""What a partner has under our key: how an effect whose answer was lost is found again."""

from workflows.house import World
from workflows.ledger import Letter


def find(world: World, letter: Letter) -> str | None:
    """The reference of what the partner has under our key."""
    found = world.partners[letter.body["partner"]].find(letter.key)
    return found.reference if found else None
