"""An export, imported into an empty server, is the same export there, on either kind of database."""

import json
import re

from harness.accounts import PASSWORD, Accounts
from harness.postgresql import PostgreSQL
from harness.topic import Context
from moves.lines import email, write
from moves.second import Second
from moves.scene import Scene
from moves.systems import counts

SECRETS = re.compile(r'"secret":"[\w-]+"')
FOREIGN = "$2b$04$Oo3V.XVEMOQSfTUJ/G/6a.spUHuMjqatCeSVEGIiOYS56vnZTy5ZS"


def run(context: Context) -> None:
    """Out of SQLite into PostgreSQL and back, and without the secrets of factors."""
    server = PostgreSQL()
    try:
        source = Scene(context, "source", is_empty=True)
        person, key, code = fill(source)
        whole = write_exports(source)
        scenes = (Scene(context, "postgresql", is_empty=True, DATABASE=server.database("copy")),
                  Scene(context, "sqlite", is_empty=True))
        text = whole
        for scene in scenes:
            arrive(scene, text)
            text = scene.export("--with-factors")
            scene.check("the export of the copy is the same file", text == whole,
                        difference(text, whole))
            work(scene, person, key, code)
        enrol_again(Scene(context, "careful", is_empty=True), source, person)
        damage(Scene(context, "damaged", is_empty=True), whole)
    finally:
        server.stop()


def fill(scene: Scene) -> tuple[Second, str, str]:
    """Accounts of each kind; a person with an app, an API key, and the code of an invitation."""
    accounts = Accounts(scene.daemon)
    scene.owner = accounts.owner
    person = Second("customer@example.com")
    person.enrol(scene, accounts.customer)
    made = scene.command("invite", "create", "--role", "member", "--tier", "pro", "--max-uses", "3")
    code = re.search(r"^code: (\S+)$", made.stdout, re.MULTILINE)[1]
    file = scene.context.directory / "more"
    write(file, 250)
    scene.move(file)
    scene.move("-", text=json.dumps({
        "type": "account", "email": "old@example.org", "name": "Zoë \"é\"\t", "language": "de",
        "passwordHash": FOREIGN, "status": "disabled", "emailVerified": True}) + "\n")
    return person, accounts.key, code


def write_exports(scene: Scene) -> str:
    """The whole export, after checks of what it does not have."""
    careful = scene.export()
    scene.check("without --with-factors there is no secret, and factors are named",
                not SECRETS.search(careful) and '"kind":"totp"' in careful
                and '"kind":"recovery"' in careful)
    first, second = scene.export("--with-factors"), scene.export("--with-factors")
    scene.check("two exports are the same file", first == second, difference(first, second))
    scene.check("with --with-factors there are secrets", len(SECRETS.findall(first)) == 2)
    done = scene.command("export", "--with-factors", "whole")
    file = scene.daemon.directory / "whole"
    scene.check("it is said that they are in clear", "in clear" in done.stderr, done.stderr)
    scene.check("the file is its owner's alone", file.stat().st_mode & 0o777 == 0o600
                and file.read_text() == first)
    scene.check("a file is replaced only by --force",
                scene.command("export", "whole").returncode != 0
                and scene.command("export", "--force", "whole").returncode == 0)
    scene.check("exports are recorded", scene.recorded("accounts.exported", "secrets") == 3
                and scene.recorded("accounts.exported", "names") >= 2)
    return first


def arrive(scene: Scene, text: str) -> None:
    """Imports into an empty server, twice, and compares."""
    count = text.count('"type":"account"') + text.count('"type":"invite"')
    done = scene.move("-", "--allow-admins", text=text)
    scene.check("everything is new", counts(done.stderr) == (count, 0, 0, 0), done)
    again = scene.move("-", "--allow-admins", text=text)
    scene.check("and then nothing", counts(again.stderr) == (0, 0, count, 0), again)
    same = scene.move("-", "--verify", text=text)
    scene.check("counts and digest agree", counts(same.stderr) == (0, 0, count, 0), same)


def work(scene: Scene, person: Second, key: str, code: str) -> None:
    """What moved works: password and app, the key, and the invitation."""
    for address in ("owner@example.com", "member@example.com", email(249)):
        found = scene.log_in(address)
        scene.check(f"{address} signs in", found.status == 200, found)
    wrong = scene.log_in("member@example.com", PASSWORD + "!")
    scene.check("another password does not", wrong.status == 401, wrong)
    refused, done = person.sign_in(scene)
    scene.check("a wrong code of the app is refused", refused.code == "invalid_code", refused)
    scene.check("the code of the app is accepted", done.status == 200, done)
    found = scene.site.request("GET", "/auth/verify?keys=allow",
                               fields=[("Authorization", f"Bearer {key}")])
    scene.check("the API key works", found.status == 200, found)
    found = scene.site.request("POST", "/auth/register", {
        "email": "friend@example.com", "password": PASSWORD, "username": "friend", "invite": code})
    scene.check("the invitation works", found.status in (200, 201)
                and found.json["user"]["role"] == "member", found)
    differs = scene.move("-", "--verify", text=scene.export("--with-factors").replace("Zo", "Zu"),
                         status=1)
    scene.check("a difference is found", "different" in differs.stdout, differs)


def enrol_again(scene: Scene, source: Scene, person: Second) -> None:
    """Without secrets, factors have to be enrolled again, and the report says whose."""
    done = scene.move("-", "--allow-admins", text=source.export())
    lines = [line for line in done.stdout.splitlines() if "enrol again" in line]
    scene.check("the report names the account with factors to enrol again", len(lines) == 1
                and person.email in lines[0] and "totp: enrol again" in lines[0]
                and "recovery: enrol again" in lines[0], done.stdout)
    scene.check("which signs in without them", scene.log_in(person.email).status == 200)


def damage(scene: Scene, text: str) -> None:
    """A file that was cut off or changed is noticed."""
    lines = text.splitlines(True)
    cut = scene.move("-", "--dry-run", "--allow-admins", text="".join(lines[:-1]), status=1)
    scene.check("a file that was cut off is noticed", "cut off" in cut.stderr, cut.stderr)
    changed = scene.move("-", "--dry-run", "--allow-admins", text=text.replace('"pro"', '"free"'),
                         status=1)
    scene.check("so is one that was changed", "digest" in changed.stderr, changed.stderr)


def difference(one: str, other: str) -> str:
    """The first lines that differ, without what is secret in them."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{a[:300]} | {b[:300]}" for a, b in pairs if a != b), f"{len(one)} {len(other)}")
