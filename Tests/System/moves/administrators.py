"""Owners and administrators change with --allow-admins only, and changed accounts lose their sessions."""

import json

from harness.accounts import PASSWORD
from harness.topic import Context
from moves.scene import OWNER, Scene
from moves.systems import counts

ADMIN, MEMBER, SAME = "admin@example.org", "member@example.org", "same@example.org"


def lines(*accounts: dict) -> str:
    """A file of lunauth."""
    return "".join(json.dumps({"type": "account", **account}) + "\n" for account in accounts)


def run(context: Context) -> None:
    """Makes, changes and demotes, with and without the option."""
    scene = Scene(context)
    new = lines({"email": ADMIN, "role": "admin"}, {"email": MEMBER, "role": "member"},
                {"email": SAME}, {"email": "second@example.org", "role": "owner"})
    refused(scene, "an administrator is made", new, f"line 1\trefused\t{ADMIN}", (2, 0, 0, 2))
    done = scene.move("-", "--allow-admins", text=new, status=1)
    scene.check("with --allow-admins an administrator is made, and no second owner",
                counts(done.stderr) == (1, 0, 2, 1)
                and "second@example.org\tthere is another owner" in done.stdout, done)
    for each in ADMIN, MEMBER, SAME:
        scene.check(f"{each} has no password", scene.log_in(each).status == 401)
        scene.command("user", "password", each, text=f"{PASSWORD}\n{PASSWORD}\n")
    sessions = {each: scene.signed_in(each) for each in (OWNER, ADMIN, MEMBER, SAME)}
    change(scene, sessions)
    protect_owner(scene, sessions)


def refused(scene: Scene, what: str, text: str, line: str, counted: tuple[int, ...]) -> None:
    """Checks what is refused without the option."""
    for mode in ("--dry-run", None):
        done = scene.move("-", *([mode] if mode else []), text=text, status=1)
        scene.check(f"{what} only with --allow-admins", line in done.stdout
                    and "--allow-admins" in done.stdout and counts(done.stderr) == counted,
                    (done.stdout, done.stderr))


def change(scene: Scene, sessions: dict) -> None:
    """What an import changes loses its sessions, and nothing else does."""
    # By its id: an unconfirmed address gives an account no other tier.
    member = {"id": sessions[MEMBER].id, "email": MEMBER, "tier": "pro"}
    changed = lines({"email": ADMIN, "name": "Other"}, member, {"email": SAME, "role": "user"})
    done = scene.move("-", "--dry-run", text=changed, status=1)
    scene.check("a trial ends no session", all(map(scene.has_session, sessions.values())), done)
    refused_line = f"line 1\trefused\t{ADMIN}"
    done = scene.move("-", text=changed, status=1)
    scene.check("an administrator is changed only with --allow-admins",
                refused_line in done.stdout and counts(done.stderr) == (0, 1, 1, 1), done)
    scene.check("a changed account loses its sessions", scene.loses_session(sessions[MEMBER]))
    scene.check("others keep theirs", all(
        scene.has_session(sessions[each]) for each in (OWNER, ADMIN, SAME)))
    done = scene.move("-", "--allow-admins", text=changed)
    scene.check("with the option it is changed", counts(done.stderr) == (0, 1, 2, 0), done)
    scene.check("and loses its sessions", scene.loses_session(sessions[ADMIN]))
    scene.check("which is recorded", scene.recorded("sessions.ended", "account_imported") == 2)
    scene.check("a changed account signs in again", scene.log_in(MEMBER).status == 200)


def protect_owner(scene: Scene, sessions: dict) -> None:
    """The owner stays the owner."""
    demoted = lines({"email": OWNER, "role": "user"})
    done = scene.move("-", "--allow-admins", text=demoted, status=1)
    scene.check("the owner is never demoted", "cannot lose the server" in done.stdout, done)
    scene.check("nor is the owner changed without --allow-admins", "--allow-admins" in scene.move(
        "-", text=lines({"email": OWNER, "name": "Other"}), status=1).stdout)
    scene.check("and keeps the session", scene.has_session(sessions[OWNER]))
