"""An authenticator app: set up, asked for, lost, and required."""

import pathlib
import re
import subprocess

from factors.app import App
from harness.accounts import PASSWORD
from pages.visits import Visit

EMAIL = "member@example.com"
SECOND = "/auth/login/second"
RECOVERY = f"form[action='{SECOND}']:has([name=method][value=recovery])"
TOTP = f"form[action='{SECOND}']:has([name=method][value=totp])"


def tell(visit: Visit) -> None:
    """Everything a person does with an app and recovery codes, and the owner for them."""
    visit.sign_in(visit.accounts.member)
    visit.open("/auth/account")
    visit.see("factors-none")
    app, codes = set_up(visit)
    sign_in_with_code(visit, app)
    sign_in_with_recovery_codes(visit, codes)
    prove(visit, app)
    expire(visit)
    require(visit)
    rescue(visit)


def read_picture(visit: Visit) -> str:
    """What a camera reads from the page, as the browser shows it."""
    file = pathlib.Path(visit.directory / "picture.png")
    visit.browser.save_screenshot(file)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", file], capture_output=True, text=True,
                          check=False)
    return done.stdout.strip()


def set_up(visit: Visit) -> tuple[App, list[str]]:
    """The app of the member, and the recovery codes."""
    visit.submit("/auth/totp")
    visit.see("factors-app")
    read = read_picture(visit)
    visit.check("a camera reads the address of the app", read.startswith("otpauth://totp/"), read)
    visit.unfold("a[href^='otpauth:']")
    link = visit.find("a[href^='otpauth:']").get_attribute("href")
    visit.check("it is the one of the link", read == link, (read, link))
    typed = re.sub(r"\s", "", visit.text("#secret"))
    visit.check("and has the secret that can be typed", f"secret={typed}" in read, (read, typed))
    app = App(typed)
    visit.fill(code=app.wrong())
    visit.submit("/auth/totp/confirm")
    visit.see("factors-app-wrong", 401, failed=True)
    visit.check("the secret is not shown again", typed not in visit.text("body"))
    visit.fill(code=app.code())
    visit.submit("/auth/totp/confirm")
    visit.see("factors-codes")
    codes = visit.text("#codes").split()
    visit.check("ten recovery codes are shown", len(codes) == 10, codes)
    visit.browser.command("Emulation.setEmulatedMedia", media="print")
    visit.check("they are printed", all(code in visit.text("#codes") for code in codes))
    visit.browser.command("Emulation.setEmulatedMedia", media="", features=[
        {"name": "prefers-color-scheme", "value": visit.way.scheme}])
    visit.browser.navigate(visit.browser.reload)
    visit.check("a reload does not show them", codes[0] not in visit.text("body"))
    visit.open("/auth/account")
    visit.see("factors-account")
    return app, codes


def type_password(visit: Visit) -> None:
    """The first step, at a browser that knows nothing."""
    visit.browser.forget()
    visit.open("/auth/login")
    visit.fill(email=EMAIL, password=PASSWORD)
    visit.submit("/auth/login")


def sign_in_with_code(visit: Visit, app: App) -> None:
    """Both steps, and a browser that is not asked again until its trust is ended."""
    type_password(visit)
    visit.see("factors-second")
    visit.check("it is the page of the second step", visit.path == SECOND, visit.path)
    visit.check("it has no session yet", "session_token" not in {
        each["name"] for each in visit.browser.command("Network.getCookies")["cookies"]})
    visit.fill(TOTP, code=app.wrong())
    visit.follow(f"{TOTP} button")
    visit.see("factors-second-wrong", 401, failed=True)
    visit.fill(TOTP, code=app.code())
    visit.tick("trust", within=TOTP)
    visit.follow(f"{TOTP} button")
    visit.check("the code signs in", visit.path == "/auth/account", visit.path)
    visit.see("factors-trusted")
    visit.submit("/auth/logout")
    visit.open("/auth/login")
    visit.fill(email=EMAIL, password=PASSWORD)
    visit.submit("/auth/login")
    visit.check("a trusted browser is not asked", visit.path == "/auth/account", visit.path)
    visit.follow("form[action^='/auth/trusted-browsers/'] button")
    visit.see("factors-trust-ended")


def sign_in_with_recovery_codes(visit: Visit, codes: list[str]) -> None:
    """With one in the place of the app, and with one of the last."""
    type_password(visit)
    visit.unfold(RECOVERY)
    visit.fill(RECOVERY, code="AAAA-BBBB-CCCC-DDDD")
    visit.follow(f"{RECOVERY} button")
    visit.see("factors-recovery-wrong", 401, failed=True)
    visit.unfold(RECOVERY)
    visit.fill(RECOVERY, code=codes[0])
    visit.follow(f"{RECOVERY} button")
    visit.check("a recovery code signs in", visit.path == "/auth/account", visit.path)
    for code in codes[1:6]:
        challenge = visit.accounts.log_in("member").json["challenge"]
        visit.accounts.site.request("POST", SECOND, {
            "challenge": challenge, "method": "recovery", "code": code})
    type_password(visit)
    visit.unfold(RECOVERY)
    visit.fill(RECOVERY, code=codes[6])
    visit.follow(f"{RECOVERY} button")
    visit.see("factors-few-codes")
    visit.submit("/auth/recovery-codes")
    visit.see("factors-new-codes")
    again = visit.text("#codes").split()
    visit.check("there are ten others", len(again) == 10 and not set(again) & set(codes), again)


def prove(visit: Visit, app: App) -> None:
    """A change long after the last proof asks for a code, and goes on."""
    visit.daemon.stop()
    visit.accounts.execute("UPDATE sessions SET authenticated_at = 1, factor_at = NULL")
    visit.daemon.start()
    visit.open("/auth/account")
    visit.submit("/auth/totp/delete")
    visit.see("factors-proof", 403)
    form = "form[action='/auth/totp/delete']:has([name=proof_code])"
    visit.fill(form, proof_code=app.wrong())
    visit.follow(f"{form} button")
    visit.see("factors-proof-wrong", 401, failed=True)
    visit.fill(form, proof_code=app.code())
    visit.follow(f"{form} button")
    visit.see("factors-removed")
    visit.check("the app can be set up again", visit.sees("form[action='/auth/totp'] button"))


def expire(visit: Visit) -> None:
    """The second step without a first."""
    visit.browser.forget()
    visit.open(SECOND)
    visit.check("it leads to the first", visit.path.startswith("/auth/login?"), visit.path)
    visit.see("factors-expired")


def require(visit: Visit) -> None:
    """Where a factor is required, sign-in goes on once there is one."""
    visit.daemon.settings["FACTORS_REQUIRED"] = "everybody"
    visit.daemon.restart()
    type_password(visit)
    visit.see("factors-required")
    visit.open("/auth/account")
    visit.check("nothing else can be done", visit.path.startswith("/auth/login"), visit.path)
    type_password(visit)
    visit.submit("/auth/totp")
    visit.see("factors-required-app")
    visit.unfold("#secret")
    app = App(re.sub(r"\s", "", visit.text("#secret")))
    visit.fill(code=app.code())
    visit.submit("/auth/totp/confirm")
    visit.see("factors-required-codes")
    visit.activate(visit.find("#stored"))
    visit.follow("form[action='/auth/account'] button")
    visit.check("sign-in went on", visit.path.startswith("/auth/account"), visit.path)


def rescue(visit: Visit) -> None:
    """The owner removes the factors of a member, after a proof."""
    path = f"/auth/users/{visit.accounts.member.id}/factors/delete"
    visit.sign_in(visit.accounts.owner)
    visit.open(f"/auth/admin/users/{visit.accounts.member.id}")
    visit.see("factors-of-user")
    visit.submit(path)
    visit.see("factors-of-user-proof", 403)
    visit.fill(proof_password=PASSWORD)
    visit.submit(path)
    visit.see("factors-of-user-removed")
    visit.check("the member has none", not visit.sees(f"form[action='{path}']"))
