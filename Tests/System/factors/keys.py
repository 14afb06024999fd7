"""The secret key and the factors: rotated, replaced, lost, and missing from a restore."""

import pathlib

from factors.client import Client
from factors.scene import Scene, secret_key
from factors.soft_key import SoftKey, soft_keys
from harness.process import Failure, wait_for
from harness.topic import Context

CONFIGURATION_ERROR = 78


def run(context: Context) -> None:
    """Rotates under a running server, then restores with the key and without it."""
    scene = Scene(context)
    with soft_keys() as keys:
        person, key = scene.person("person"), SoftKey(keys, "key")
        # Of factors only confirmed addresses are told.
        scene.confirm_address(person)
        person.enrol()
        key_owner = scene.person("key")
        key.register(key_owner)
        rotate(scene, person, key, key_owner)
        restore(scene, person, key, key_owner)
        scene.check_secrets(person)


def signs_in(person: Client, key: SoftKey, key_owner: Client) -> list[object]:
    """What is wrong with signing in by recovery code and by passkey; nothing where it works."""
    browser = person.again()
    done = browser.second(browser.challenge(), "recovery", person.recovery_codes.pop())
    passkey = key.sign_in(key_owner.again())
    return [each for each in (done, passkey) if each.status != 200]


def rotate(scene: Scene, person: Client, key: SoftKey, key_owner: Client) -> None:
    """Factors stay good through rotations, under a running server and over its restart."""
    for arguments in (["rotate"], ["rotate"], ["rotate", "--now", "--yes"]):
        name = " ".join(arguments)
        done = scene.command("secret", *arguments)
        scene.check(f"{name} succeeds while the server runs", done.returncode == 0, done)
        # The server follows its key files five times a second.
        wait_for(lambda: scene.site.request("GET", "/health").status == 200)
        wrong = wait_for(lambda: not signs_in(person, key, key_owner), 5, 1)
        scene.check(f"factors are good after {name}", wrong, signs_in(person, key, key_owner))
    scene.daemon.stop()
    done = scene.command("secret", "rotate", "--now", "--yes")
    scene.check("rotate --now succeeds while it is stopped", done.returncode == 0, done)
    scene.daemon.start()
    wrong = signs_in(person, key, key_owner)
    scene.check("factors are good after it, and after a restart", not wrong, wrong)
    browser = person.again()
    done = browser.second(browser.challenge(), "totp", person.app.code())
    scene.check("so is the app", done.status == 200, done)


def restore(scene: Scene, person: Client, key: SoftKey, key_owner: Client) -> None:
    """A backup is of use with its key; without it nobody gets in, unless the factors go."""
    backup = scene.context.directory / "backup"
    done = scene.command("backup", backup)
    if done.returncode:
        raise Failure(f"no backup: {done}")
    scene.check("a backup has no key", secret_key(scene).read_text().strip().encode()
                not in backup.read_bytes())
    scene.daemon.stop()
    done = scene.command("restore", backup)
    scene.check("a restore with the key succeeds", done.returncode == 0, done)
    scene.daemon.start()
    wrong = signs_in(person, key, key_owner)
    scene.check("and the factors are good", not wrong, wrong)
    scene.daemon.stop()
    for file in scene.daemon.data.glob("secret*"):
        file.rename(file.with_name("lost-" + file.name))
    base = database(scene)
    done = scene.command("restore", backup)
    scene.check("without the key it stops and names the way out",
                done.returncode == CONFIGURATION_ERROR
                and "--reset-factors" in done.stdout + done.stderr, done)
    scene.check("and nothing was changed", database(scene) == base)
    before = len(scene.daemon.mails.to(person.email))
    done = scene.command("restore", "--reset-factors", backup)
    scene.check("with --reset-factors it succeeds", done.returncode == 0, done)
    scene.daemon.start()
    scene.check("no session outlives it", not person.is_signed_in()
                and not key_owner.is_signed_in())
    signed = person.again()
    scene.check("the password is enough again", signed.log_in().status == 200
                and not signed.factors()["totp"] and not signed.factors()["recoveryCodes"])
    refused = key.sign_in(key_owner.again())
    scene.refused("passkeys are gone", refused, 401, "invalid_passkey")
    told = wait_for(lambda: len(scene.daemon.mails.to(person.email)) > before, 10)
    scene.check("a mail tells of it", told)


def database(scene: Scene) -> bytes:
    """The file of the database."""
    return pathlib.Path(scene.daemon.data / "lunauth.db").read_bytes()
