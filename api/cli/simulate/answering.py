"""People who answer a check-in by SMS: most that they are well, some otherwise, some in their own words."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from api.cli.simulate.world import Simulated
from integrations.messaging.simulated_world import Message

SHARE_ANSWERING = 0.35
WORDS = ("1", "İyiyim.", "2", "3", "Kim yazıyor?", "DUR")
WEIGHTS = (50, 20, 12, 4, 10, 4)
ASKS = "1:"  # what a message that can be answered by a number says


@dataclass
class Answering:
    """Looks at what the gateway was given, and lets people write back some hours later, or never."""

    made: Simulated
    seed: str
    counts: Counter[str]
    silent: set[str] = field(default_factory=set)
    seen: int = 0

    def look(self) -> None:
        """Everything that was sent since the last look."""
        messages = self.made.truths.messaging.messages
        for number in range(self.seen, len(messages)):
            self.read(messages[number], Random(f"{self.seed}:sms:{number}"))  # noqa: S311 - chance, not a secret
        self.seen = len(messages)

    def read(self, message: Message, rng: Random) -> None:
        """One person reads one message."""
        if ASKS not in message.text or message.to in self.silent or rng.random() > SHARE_ANSWERING:
            return
        word, later = rng.choices(WORDS, WEIGHTS)[0], timedelta(hours=rng.uniform(0.1, 60))
        self.made.agenda.put(self.made.agenda.at + later, lambda: self.write(message.to, word))

    def write(self, sender: str, word: str) -> None:
        """The answer."""
        self.counts["answers by SMS"] += 1
        self.made.truths.messaging.receive(sender, word)
