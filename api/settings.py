"""Settings of the doors (prefix ``SILA_``)."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class DoorSettings(BaseSettings):
    """Where Prefect's API is and where people open Prefect when that is elsewhere, the largest body a door takes in bytes, under which address people reach the house,

    and the IANA zone in which its staff read the clock.
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
