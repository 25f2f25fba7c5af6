"""Settings of the doors (prefix ``SILA_``)."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.stage import Role


class DoorSettings(BaseSettings):
    """What the doors need to know.

    ``prefect_url`` is Prefect's API, ``prefect_ui_url`` where people open Prefect if that is elsewhere;
    ``largest_body`` is in bytes; ``public_url`` is how people reach the house; ``zone`` is the IANA zone of its staff.
    ``oidc_…``: the organisation's own sign-in, and which role each of its groups gives.
    """

    model_config = SettingsConfigDict(env_prefix="SILA_", env_file=".env", extra="ignore", env_ignore_empty=True)

    prefect_url: str = ""
    prefect_auth: str = ""
    prefect_ui_url: str = ""
    largest_body: int = 1_000_000
    public_url: str = "http://127.0.0.1:4300"
    zone: str = "Europe/Istanbul"
    demo: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret: SecretStr = SecretStr("")
    oidc_groups: dict[str, Role] = {}

    @property
    def is_secure(self) -> bool:
        """Whether people reach the house by TLS only."""
        return self.public_url.startswith("https://")
