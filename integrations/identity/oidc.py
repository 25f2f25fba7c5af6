"""OpenID Connect with discovery, the code flow and PKCE (RFC 7636): Authlib's parts over our one HTTP client."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from integrations.errors import PartnerRefused
from integrations.http import PartnerHttp
from integrations.identity.contract import Identity, NotProven, Round

SCOPE = "openid profile"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]  # never `none`, never a shared secret
LEEWAY_SECONDS = 60
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OidcProvider:
    """One provider. What it says of itself is read when it is first needed, its keys at every sign-in."""

    def __init__(self, issuer: str, client_id: str, secret: str, *, timeout: float = 10.0) -> None:
        self.issuer, self.client_id, self.secret = issuer.rstrip("/"), client_id, secret
        self.http = PartnerHttp("identity", "", timeout=timeout)
        self._known: dict[str, Any] | None = None

    def known(self) -> dict[str, Any]:
        """What the provider says of itself. Raises PartnerError; PartnerRefused when it is another issuer's."""
        if self._known is None:
            found = self.http.read("discovery", f"{self.issuer}/.well-known/openid-configuration").body or {}
            if str(found.get("issuer", "")).rstrip("/") != self.issuer:
                raise PartnerRefused("identity", "discovery", "other_issuer")
            scheme = urlsplit(self.issuer).scheme
            if any(urlsplit(str(found.get(name, ""))).scheme not in ("https", scheme) for name in ENDPOINTS):
                raise PartnerRefused("identity", "discovery", "plain_http")
            self._known = found
        return self._known

    def address(self, trip: Round, back: str, *, again: bool = False) -> str:
        """Where to send somebody."""
        anew = {"prompt": "login", "max_age": "0"} if again else {}
        uri: str = prepare_grant_uri(
            self.known()["authorization_endpoint"], self.client_id, "code", back, SCOPE, trip.state,
            nonce=trip.nonce, code_challenge=create_s256_code_challenge(trip.verifier),
            code_challenge_method="S256", **anew,
        )  # fmt: skip
        return uri

    def identity(self, trip: Round, back: str, code: str, now: datetime) -> Identity:
        """Who came back: the code is exchanged, and what the provider signed is checked."""
        token = self.exchanged(trip, back, code)
        claims = self.checked(token, trip, now)
        at = claims.get("auth_time")
        groups = claims.get("groups")
        return Identity(
            subject=str(claims["sub"]),
            name=str(claims.get("preferred_username", "")),
            groups=[str(one) for one in groups] if isinstance(groups, list) else [],
            proved_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None,
        )

    def exchanged(self, trip: Round, back: str, code: str) -> dict[str, Any]:
        """The tokens for a code. Raises NotProven, PartnerUnavailable."""
        body = prepare_token_request("authorization_code", "", back, code=code, code_verifier=trip.verifier)
        auth = ClientAuth(self.client_id, self.secret, self.way())
        url, headers, body = auth.prepare("POST", self.known()["token_endpoint"], {}, body)
        try:
            answer = self.http.change("token", url, data=dict(parse_qsl(body)), headers=headers)
        except PartnerRefused as error:
            raise NotProven(error.code) from None
        return answer.body if isinstance(answer.body, dict) else {}

    def way(self) -> str:
        """How we show who we are at the token endpoint."""
        ways = self.known().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"

    def checked(self, token: dict[str, Any], trip: Round, now: datetime) -> CodeIDToken:
        """The claims of the signed token: of this issuer, for us, for this trip, and not too old. Raises NotProven."""
        try:
            keys = KeySet.import_key_set(self.http.read("keys", self.known()["jwks_uri"]).body)
            signed = jwt.decode(str(token.get("id_token", "")), keys, algorithms=ALGORITHMS)
            options = {"iss": {"essential": True, "value": self.known()["issuer"]},
                       "aud": {"essential": True, "value": self.client_id}}  # fmt: skip
            params = {"nonce": trip.nonce, "client_id": self.client_id, "access_token": token.get("access_token", "")}
            claims = CodeIDToken(signed.claims, signed.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            raise NotProven(type(error).__name__) from None
        if claims.get("nonce") != trip.nonce:
            raise NotProven("nonce")
        return claims

    def close(self) -> None:
        """Give the sockets back."""
        self.http.close()
