"""A file of another system is moved in, and everybody in it signs in."""

import re

from harness.postgresql import PostgreSQL
from harness.topic import Context
from moves.people import Person
from moves.scene import Scene, files, people

OWN = "pbkdf2-sha256"


def run(name: str, context: Context) -> None:
    """A server with a database of its own."""
    move_in(Scene(context), name)


def run_postgresql(context: Context) -> None:
    """Several servers in PostgreSQL databases."""
    server = PostgreSQL()
    try:
        for name in ("authelia", "pocketbase"):
            move_in(Scene(context, name, DATABASE=server.database(name)), name)
    finally:
        server.stop()


def move_in(scene: Scene, name: str) -> None:
    """Tries, imports, signs everybody in, and imports again."""
    everybody, file = people(scene.context, name), files(scene.context) / name
    arguments = [*(["--from", name] if name != "lunauth" else []), file]
    moved = [each for each in everybody if not each.is_refused]
    status = 0 if moved == everybody else 1

    before = scene.accounts()
    trial = scene.move(*arguments, "--dry-run", status=status)
    scene.check("a trial reports every line", trial.stdout == report(everybody, "created"),
                trial.stdout)
    scene.check("a trial changes nothing", scene.accounts() == before)
    scene.check("before the import no person signs in",
                scene.log_in(moved[0].email, moved[0].password).status == 401)

    done = scene.move(*arguments, status=status)
    scene.check("an import counts", counts(done.stderr) == (
        len(moved), 0, 0, len(everybody) - len(moved)), done.stderr)
    scene.check("it names what is refused", all(
        line(each, "refused") in done.stdout for each in everybody if each.is_refused), done.stdout)
    found = scene.accounts()
    scene.check("the accounts are those of the file",
                {each.email.lower() for each in moved} == set(found) - set(before), found)
    for each in moved:
        check_account(each, found[each.email], scene)
    scene.move(*arguments, "--verify", status=status)

    for each in moved:
        sign_in(each, scene)
    again = scene.move(*arguments, status=status)
    scene.check("the import again changes nothing", counts(again.stderr) == (
        0, 0, len(moved), len(everybody) - len(moved)), (again.stdout, again.stderr))
    verified = scene.move(*arguments, "--verify", status=status)
    scene.check("and the server is as the file says", counts(verified.stderr)[:3] == (
        0, 0, len(moved)), (verified.stdout, verified.stderr))
    active = next(each for each in moved if each.status == "active")
    scene.check("no person signs in less than before", scene.log_in(
        active.email, active.password).status == 200)


def line(person: Person, outcome: str) -> str:
    """A line of the report."""
    cells = [f"line {person.line}", outcome, person.email,
             *([person.remark] if person.remark else [])]
    return "\t".join(cells) + "\n"


def report(everybody: list[Person], outcome: str) -> str:
    """The report of a trial."""
    return "".join(line(each, "refused" if each.is_refused else outcome) for each in everybody)


def counts(text: str) -> tuple[int, ...]:
    """Created, updated, unchanged, refused; of a comparison missing, different, the same, refused."""
    found = re.search(r"(\d+) (?:created|missing), (\d+) (?:updated|different),"
                      r" (\d+) (?:unchanged|the same), (\d+) refused", text)
    return tuple(map(int, found.groups())) if found else ()


def check_account(person: Person, found: dict, scene: Scene) -> None:
    """An account is what its file says."""
    scene.check(f"{person.email} is what the file says", (
        found["role"], found["status"], found["emailVerified"]) == (
            person.role, person.status, person.is_verified), found)


def sign_in(person: Person, scene: Scene) -> None:
    """The old password, and no other, signs in; then its hash is lunauth's own."""
    scene.check(f"the operator is shown that the hash of {person.email} is {person.form}",
                f"password ({person.form})" in scene.form(person.email), scene.form(person.email))
    for wrong in ("!" + person.password, person.password.swapcase(), person.normalised):
        if wrong:
            found = scene.log_in(person.email, wrong)
            scene.check(f"{person.email} is refused with another password",
                        (found.status, found.code) == (401, "invalid_credentials"), found)
    first = scene.log_in(person.email, person.password)
    if person.status != "active":
        code = {"disabled": "account_disabled", "pending": "pending_approval"}[person.status]
        scene.check(f"{person.email} is {person.status}", first.code == code, first)
        scene.check("and keeps the old hash", f"({person.form})" in scene.form(person.email))
        return
    scene.check(f"{person.email} signs in with the old password", first.status == 200, first)
    scene.check("the hash is lunauth's own", f"password ({OWN})" in scene.form(person.email),
                scene.form(person.email))
    again = [scene.log_in(person.email, text).status
             for text in (person.password, person.normalised) if text]
    scene.check(f"{person.email} signs in again", set(again) == {200}, again)
    wrong = scene.log_in(person.email, person.password + "!")
    scene.check("and not with another password", wrong.status == 401, wrong)
