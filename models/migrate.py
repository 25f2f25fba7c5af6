"""Brings a database to the newest form of the records."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def upgrade(url: str) -> None:
    """Run all migrations that the database does not have yet."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, "head")
