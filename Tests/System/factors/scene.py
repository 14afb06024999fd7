"""A daemon with people who add factors, and what none of its files may contain."""

import base64
import json
import pathlib
import subprocess

from factors.client import Client
from harness.accounts import PASSWORD, Accounts
from harness.process import Failure, wait_for
from harness.site import HOST, Response, Site
from harness.topic import Context
from pages.daemon import PagesDaemon

# The site as passkeys are bound to it.
SITE = f"https://{HOST}"


class Scene:
    """lunauth under a host name, with people."""

    def __init__(self, context: Context, name: str = "daemon", **settings: object) -> None:
        self.context = context
        self.daemon = PagesDaemon(
            context.directory / name, **{"WEBSITEURL": SITE, "LOG_LEVEL": "debug", **settings})
        self.accounts = Accounts(self.daemon)
        self.site = Site(self.daemon.port)

    def person(self, name: str) -> Client:
        """A customer who has signed in for the first time."""
        client = Client(self.site, f"{name}@example.com")
        response = client.send("POST", "/auth/signup", {
            "email": client.email, "password": PASSWORD, "name": name})
        if response.status not in (200, 201):
            raise Failure(f"no account for {name}: {response}")
        return client

    def check(self, claim: str, holds: object, found: object = "") -> None:
        """Counts a check."""
        self.context.check(claim, holds, found)

    def refused(self, claim: str, response: Response, status: int, code: str) -> None:
        """Checks that a request is refused for what it is, and gives no session."""
        cookies = response.fields.get_all("Set-Cookie") or []
        sessions = [each for each in cookies if each.startswith("session_token=")
                    and "Max-Age=0" not in each]
        self.check(claim, (response.status, response.code) == (status, code)
                   and "token" not in response.json and not sessions, (response, cookies))

    def owner(self) -> Client:
        """The owner, who has signed in lately."""
        client = Client(self.site, "owner@example.com")
        client.sign_in()
        return client

    def command(self, *arguments: object, text: str = "") -> subprocess.CompletedProcess:
        """Runs the command line with the settings of the server, and types a text."""
        return subprocess.run(
            [self.daemon.binary, *map(str, arguments)], env=self.daemon.environment(), input=text,
            cwd=self.daemon.directory, capture_output=True, text=True, timeout=60, check=False)

    def mails(self, client: Client, count: int) -> list[str]:
        """The subjects of the mails to a person, the newest first, once there are so many."""
        mails = self.daemon.mails
        wait_for(lambda: len(mails.to(client.email)) >= count, 10)
        return [each["Subject"] for each in mails.to(client.email)]

    def confirm_address(self, client: Client) -> None:
        """Confirms the address by the link in the mail."""
        link = self.daemon.mails.link(client.email, "/auth/email/verify")
        token = link.split("token=")[1].split("&")[0]
        done = client.send("POST", "/auth/email/verify", {"token": token})
        if done.status != 200:
            raise Failure(f"the address is not confirmed: {done}")

    def check_secrets(self, *clients: Client, others: tuple[str, ...] = ()) -> None:
        """Neither the log nor the database contains what only a person or a browser may have."""
        log = self.daemon.output.read_bytes()
        files = b"".join(file.read_bytes() for file in self.daemon.data.glob("*.db*"))
        for client in clients:
            secrets = {name: value for name, value in client.cookies.items()}
            if client.app:
                secrets["TOTP secret"] = client.app.secret
                if client.app.last:
                    secrets["code"] = client.app.at(client.app.last)
            for index, code in enumerate(client.recovery_codes):
                secrets[f"recovery code {index}"] = code
            for name, value in secrets.items():
                # Six digits are part of a time or an id by chance; quotes and blanks are not.
                forms = ([f'"{value}"', f" {value} ", f"={value}"] if name == "code" else [value])
                self.check(f"the log has no {name} of {client.email}",
                           not any(form.encode() in log for form in forms))
                if name != "code":
                    self.check(f"the database has no {name} of {client.email}",
                               value.encode() not in files)
            if client.app:
                raw = base64.b32decode(client.app.secret)
                self.check(f"the database has no octets of the secret of {client.email}",
                           raw not in files and raw.hex().encode() not in files)
        for text in others:
            self.check("the log has no challenge", text.encode() not in log, text)
            self.check("the database has no challenge", text.encode() not in files, text)


def claims(token: str) -> dict:
    """The claims of a JWT, which other tests verify."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def secret_key(scene: Scene) -> pathlib.Path:
    """The file with the key that wraps the one of the factors."""
    return scene.daemon.data / "secret.key"
