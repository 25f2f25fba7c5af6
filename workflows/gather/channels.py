"""The channels by which people may be reached: safe, not stopped, the preferred first."""

from models.person import Contact, ContactWord, UnsafeAddress, live_channels
from workflows import facts as f
from workflows.gather.reader import Reader


def channels(read: Reader) -> tuple[f.Channel, ...]:
    """Every channel that may be used now, whoever's it is."""
    rows = live_channels(read.all(Contact), read.all(UnsafeAddress), read.all(ContactWord))
    return tuple(
        f.Channel(
            str(row.id), str(row.person_id), row.channel, row.zone, row.from_hour, row.to_hour,
            row.messages and row.channel != "phone", row.verified_at or row.at,
        )
        for row in rows
    )  # fmt: skip


def stopped(read: Reader) -> str | None:
    """The last word against messages, while no channel was called safe after it."""
    words = read.all(ContactWord)
    later = words and any(row.at > words[-1].at and row.safe for row in read.all(Contact))
    return words[-1].word if words and not later else None
