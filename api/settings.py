"""Settings of the doors (prefix ``SILA_``)."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class DoorSettings(BaseSettings):
    """Where Prefect's API is, and the largest body a door takes, in bytes."""

    model_config = SettingsConfigDict(env_prefix="SILA_", env_file=".env", extra="ignore")

    prefect_url: str = ""
    prefect_auth: str = ""
    largest_body: int = 1_000_000
