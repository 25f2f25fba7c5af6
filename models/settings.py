"""Settings of the records: where they are kept and which keys seal them (prefix ``SILA_``)."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class RecordSettings(BaseSettings):
    """``SILA_DATABASE_URL``, ``SILA_MASTER_KEYS`` (``id:base64`` of 32 bytes, comma separated), ``SILA_DEMO``.

    ``SILA_HINTS``: whether workers listen for hints that there is work; not through a pooler that gives a connection
    to many at once, where nobody can listen.
    """

    model_config = SettingsConfigDict(env_prefix="SILA_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///.sila/sila.db"
    master_keys: SecretStr
    demo: bool = False
    hints: bool = True
