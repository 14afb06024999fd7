"""A client with cookies that signs in with more than a password."""

import http.cookies

from factors.app import App
from harness.accounts import PASSWORD
from harness.process import Failure
from harness.site import CLIENT, Response, Site
from pages.sent_forms import FORM, HTML

# What browsers send with requests of the site itself; without it cookies are not enough.
OWN = ("Sec-Fetch-Site", "same-origin")


class Client:
    """A browser as the server sees it: an address, and the cookies it was given."""

    def __init__(self, site: Site, email: str = "member@example.com", source: str = CLIENT) -> None:
        self.site, self.email, self.source = site, email, source
        self.cookies: dict[str, str] = {}
        self.app: App | None = None
        self.recovery_codes: list[str] = []

    def send(self, method: str, path: str, body: dict | bytes | None = None,
             *fields: tuple[str, str]) -> Response:
        """Sends a request with the cookies, and keeps those of the response."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = [OWN, *fields, *([("Cookie", cookie)] if cookie else [])]
        response = self.site.request(method, path, body, sent, self.source)
        for text in response.fields.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(text).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return response

    def form(self, path: str, body: bytes) -> Response:
        """Sends a form, as a browser does."""
        return self.send("POST", path, body, FORM, HTML)

    def log_in(self, password: str = PASSWORD) -> Response:
        """The first step."""
        return self.send("POST", "/auth/login", {"email": self.email, "password": password})

    def challenge(self) -> str:
        """The challenge of a first step, which must not be the last."""
        response = self.log_in()
        if not (challenge := response.json.get("challenge")):
            raise Failure(f"the password alone is no first step: {response}")
        return challenge

    def second(self, challenge: str, method: str, proof: object, **members: object) -> Response:
        """The second step, with a code or a credential."""
        name = "credential" if method == "passkey" else "code"
        return self.send("POST", "/auth/login/second", {
            "challenge": challenge, "method": method, name: proof, **members})

    def sign_in(self, **members: object) -> Response:
        """Both steps, with the app where there is one; has to succeed."""
        response = self.log_in()
        if response.status == 401 and self.app:
            response = self.second(
                response.json["challenge"], "totp", self.app.code(), **members)
        if response.status != 200:
            raise Failure(f"{self.email} does not sign in: {response}")
        return response

    def enrol(self, **members: object) -> "Client":
        """Adds an app, which has to succeed; by `challenge` in a sign-in that requires it."""
        begun = self.send("POST", "/auth/totp", members or None)
        if begun.status != 200:
            raise Failure(f"no app is added: {begun}")
        self.app = App(begun.json["secret"])
        done = self.send("POST", "/auth/totp/confirm", {"code": self.app.code(), **members})
        if done.status != 200:
            raise Failure(f"the app is not confirmed: {done}")
        self.recovery_codes = done.json.get("recoveryCodes") or []
        return self

    def prove(self) -> Response:
        """Proves the app once more."""
        return self.send("POST", "/auth/reauthenticate",
                         {"method": "totp", "code": self.app.code()})

    def factors(self) -> dict:
        """What the account signs in with."""
        return self.send("GET", "/auth/factors").json

    def is_signed_in(self) -> bool:
        """Whether it has a session."""
        return self.send("GET", "/auth/me").status == 200

    def again(self) -> "Client":
        """The same person at another browser, who is not signed in there."""
        other = Client(self.site, self.email, self.source)
        other.app, other.recovery_codes = self.app, self.recovery_codes
        return other


def status_and_code(response: Response) -> tuple[int, str | None]:
    """What a refusal is recognized by."""
    return response.status, response.code
