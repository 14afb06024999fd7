"""A person who signs in with an authenticator app."""

from factors.app import App
from harness.accounts import PASSWORD
from harness.accounts import Person as Session
from harness.process import Failure
from harness.site import Response
from moves.scene import Scene

# What browsers send with requests of the site itself.
OWN = ("Sec-Fetch-Site", "same-origin")


class Second:
    """An account with an app, on whichever server it is."""

    def __init__(self, email: str) -> None:
        self.email = email
        self.secret, self.step = "", 0

    def enrol(self, scene: Scene, session: Session) -> None:
        """Adds the app, which has to succeed."""
        fields = [OWN, *session.with_cookie]
        begun = scene.site.request("POST", "/auth/totp", fields=fields)
        if begun.status != 200:
            raise Failure(f"no app is added: {begun}")
        app = App(begun.json["secret"])
        done = scene.site.request("POST", "/auth/totp/confirm", {"code": app.code()}, fields)
        if done.status != 200:
            raise Failure(f"the app is not confirmed: {done}")
        self.secret, self.step = app.secret, app.last

    def sign_in(self, scene: Scene) -> tuple[Response, Response]:
        """Both steps; what a wrong code and the right one get."""
        first = scene.log_in(self.email, PASSWORD)
        if first.code != "second_factor_required":
            raise Failure(f"the password alone is no first step: {first}")
        cookies = [each.split(";")[0] for each in first.fields.get_all("Set-Cookie") or []]
        fields = [OWN, ("Cookie", "; ".join(cookies))]

        def send(code: str) -> Response:
            return scene.site.request("POST", "/auth/login/second", {
                "challenge": first.json["challenge"], "method": "totp", "code": code}, fields)

        # Each server knows of the codes up to the export.
        app = App(self.secret)
        app.last = self.step
        return send(app.wrong()), send(app.code())
