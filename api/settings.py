"""Settings of the doors (prefix ``SILA_``)."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class DoorSettings(BaseSettings):
    """What the doors need to know.

    ``prefect_url`` is Prefect's API, ``prefect_ui_url`` where people open Prefect if that is elsewhere;
    ``largest_body`` is in bytes; ``public_url`` is how people reach the house; ``zone`` is the IANA zone of its staff.
    """

    model_config = SettingsConfigDict(env_prefix="SILA_", env_file=".env", extra="ignore")

    prefect_url: str = ""
    prefect_auth: str = ""
    prefect_ui_url: str = ""
    largest_body: int = 1_000_000
    public_url: str = "http://127.0.0.1:4300"
    zone: str = "Europe/Istanbul"
    demo: bool = False

    @property
    def is_secure(self) -> bool:
        """Whether people reach the house by TLS only."""
        return self.public_url.startswith("https://")
