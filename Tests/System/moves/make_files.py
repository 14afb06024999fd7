"""Makes the files of other systems with their own libraries: make_files.py DIRECTORY

Run by the Python of `.build/moves`. Each file has its people beside it, as `NAME.people`. The costs are those
that the systems have by default, some cheaper ones, and one at each of lunauth's bounds that is not too slow.
"""

import base64
import hashlib
import json
import pathlib
import sqlite3
import sys
import warnings

import argon2
import argon2.low_level
import bcrypt
import django
import yaml
from django.conf import settings
from django.contrib.auth import hashers

warnings.simplefilter("ignore")
from passlib import hash as passlib  # noqa: E402

from people import Person, write  # noqa: E402

COMPOSED, DECOMPOSED = "caf\u00e9 au lait", "cafe\u0301 au lait"
LONG = "seventy-two bytes and more " * 4
FORMER = "password hash of an unknown form: "


def words(name: str) -> str:
    """A password of a person's own."""
    return f"{name}'s correct horse"


def bcrypt_hash(password: str, cost: int, prefix: bytes = b"2b") -> str:
    """By the library bcrypt, which refuses what does not count."""
    text = bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(cost, prefix=b"2b"))
    return text.decode().replace("$2b$", f"${prefix.decode()}$")


def argon2_hash(password: str, kind: argon2.Type = argon2.Type.ID, **costs: int) -> str:
    """By argon2-cffi."""
    return argon2.PasswordHasher(type=kind, **costs).hash(password)


def authelia(directory: pathlib.Path) -> None:
    """users_database.yml: each of the forms that Authelia makes, and one that it never did."""
    users, people = {}, []

    def add(name: str, form: str, password: str, text: str, **more: object) -> None:
        email = f"{name}@example.org"
        users[name] = {"displayname": name.title(), "password": text, "email": email}
        people.append(Person(len(users), email, password, form, **more))

    add("argon", "argon2id", words("argon"), argon2_hash(
        words("argon"), memory_cost=65536, time_cost=3, parallelism=4),
        remark="groups are not moved: admins, dev")
    users["argon"]["groups"] = ["admins", "dev"]
    add("sha", "sha512-crypt", COMPOSED, passlib.sha512_crypt.using(rounds=50000).hash(COMPOSED))
    add("crypt", "sha512-crypt", words("crypt"),
        "{CRYPT}" + passlib.sha512_crypt.using(rounds=5000).hash(words("crypt")))
    add("derived", "pbkdf2-sha512", DECOMPOSED,
        passlib.pbkdf2_sha512.using(rounds=310000).hash(DECOMPOSED), normalised=COMPOSED)
    add("scrypt", "scrypt", words("scrypt"),
        passlib.scrypt.using(rounds=16, block_size=8, parallelism=1).hash(words("scrypt")))
    add("bcrypt", "bcrypt", words("bcrypt"), bcrypt_hash(words("bcrypt"), 12))
    add("long", "bcrypt-sha256", LONG, passlib.bcrypt_sha256.using(rounds=6).hash(LONG))
    add("off", "argon2i", words("off"), argon2_hash(
        words("off"), argon2.Type.I, memory_cost=512, time_cost=2, parallelism=1),
        status="disabled")
    users["off"]["disabled"] = True
    add("costly", "", "", "$argon2id$v=19$m=1048576,t=3,p=4$c2FsdHNhbHQ$" + "A" * 43, is_refused=True,
        remark="argon2id hash out of bounds: 256 MiB, and 768 MiB times passes")
    add("md5", "", "", "$1$salt$qJH7.N4xYta3aEG/dfqo/0", is_refused=True, remark=FORMER + "$1$")
    (directory / "authelia").write_text(yaml.safe_dump({"users": users}, sort_keys=False))
    write(people, directory / "authelia.people")


def pocketbase(directory: pathlib.Path) -> None:
    """pb_data/data.db, with its table as version 0.23 makes it."""
    base = sqlite3.connect(directory / "pocketbase")
    base.execute("""CREATE TABLE users (avatar TEXT DEFAULT '' NOT NULL, created TEXT DEFAULT '' NOT NULL,
        email TEXT DEFAULT '' NOT NULL, emailVisibility BOOLEAN DEFAULT FALSE NOT NULL,
        id TEXT PRIMARY KEY DEFAULT ('r'||lower(hex(randomblob(7)))) NOT NULL,
        name TEXT DEFAULT '' NOT NULL, password TEXT DEFAULT '' NOT NULL,
        tokenKey TEXT DEFAULT '' NOT NULL, updated TEXT DEFAULT '' NOT NULL,
        verified BOOLEAN DEFAULT FALSE NOT NULL)""")
    people = []
    for name, password, is_verified in (("ada", words("ada"), True), ("long", LONG, False),
                                        ("accent", DECOMPOSED, False)):
        email = f"{name}@example.org"
        base.execute("INSERT INTO users (email, name, password, verified, created)"
                     " VALUES (?, ?, ?, ?, '2024-01-02 03:04:05.678Z')",
                     (email, name.title(), bcrypt_hash(password, 10, b"2a"), is_verified))
        people.append(Person(len(people) + 1, email, password, "bcrypt", is_verified=is_verified,
                             normalised=COMPOSED if password == DECOMPOSED else ""))
    base.execute("INSERT INTO users (email, password) VALUES ('', 'x')")
    people.append(Person(4, "", is_refused=True, remark="no email"))
    base.commit()
    base.close()
    write(people, directory / "pocketbase.people")


def supabase(directory: pathlib.Path) -> None:
    """auth.users, as the COPY block of pg_dump."""
    rows, people = [], []
    for name, text, more in (
            ("ada", bcrypt_hash(words("ada"), 10, b"2a"), {"is_verified": True}),
            ("argon", argon2_hash(words("argon"), memory_cost=65536, time_cost=2, parallelism=1), {}),
            ("banned", bcrypt_hash(words("banned"), 4, b"2a"), {"status": "disabled"}),
            ("forgiven", bcrypt_hash(words("forgiven"), 4, b"2a"), {}),
            ("firebase", "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=c2s=$c2FsdA==$a2V5",
             {"is_refused": True, "remark": FORMER + "$fbscrypt$"}),
            ("gone", bcrypt_hash(words("gone"), 4), {"is_refused": True, "remark": "was deleted"})):
        until = {"banned": "2999-01-01 00:00:00+00", "forgiven": "2021-01-01 00:00:00+00"}
        rows.append("\t".join((
            f"{len(rows) + 1:08d}-1111-4111-8111-111111111111", f"{name}@example.org", text,
            "2024-01-02 03:04:05.678901+00" if more.get("is_verified") else "\\N",
            "2024-01-01 03:04:05+00", until.get(name, "\\N"),
            "2024-02-01 00:00:00+00" if name == "gone" else "\\N")))
        form = "argon2id" if name == "argon" else "bcrypt"
        people.append(Person(2 + len(rows), f"{name}@example.org", words(name), form, **more))
    head = ("--\nCOPY auth.users (id, email, encrypted_password, email_confirmed_at, created_at,"
            " banned_until, deleted_at) FROM stdin;")
    (directory / "supabase").write_text("\n".join((head, *rows, "\\.", "")))
    write(people, directory / "supabase.people")


def keycloak(directory: pathlib.Path) -> None:
    """A realm as `kc.sh export --users realm_file` writes it, with the passwords of 26 and before."""
    users, people = [], []

    def text(data: bytes) -> str:
        return base64.b64encode(data).decode()

    def add(name: str, form: str, algorithm: str, iterations: int, key: bytes, salt: bytes,
            parameters: dict | None = None, **more: object) -> None:
        secret = {"value": text(key), "salt": text(salt), "additionalParameters": {}}
        data = {"hashIterations": iterations, "algorithm": algorithm,
                "additionalParameters": parameters or {}}
        users.append({
            "username": name, "email": f"{name}@example.org", "enabled": name != "off",
            "emailVerified": bool(more.get("is_verified")), "createdTimestamp": 1700000000123,
            "credentials": [{"type": "password", "secretData": json.dumps(secret),
                             "credentialData": json.dumps(data)}]})
        people.append(Person(len(users), f"{name}@example.org", words(name), form, **more))

    def derived(name: str, function: str, iterations: int, size: int, **more: object) -> None:
        salt = hashlib.sha256(name.encode()).digest()[:16]
        algorithm = "pbkdf2" if function == "sha1" else f"pbkdf2-{function}"
        key = hashlib.pbkdf2_hmac(function, words(name).encode(), salt, iterations, size)
        add(name, f"pbkdf2-{function}", algorithm, iterations, key, salt, **more)

    derived("ada", "sha512", 210000, 64, is_verified=True)
    derived("bob", "sha256", 27500, 64, remark="otp: enrol again")
    users[-1]["credentials"].append({"type": "otp", "secretData": "{}", "credentialData": "{}"})
    derived("carol", "sha1", 20000, 64)
    derived("off", "sha256", 1000, 32, status="disabled")
    salt = b"0123456789abcdef"
    key = argon2.low_level.hash_secret_raw(
        words("argon").encode(), salt, 5, 7168, 1, 32, argon2.Type.ID)
    add("argon", "argon2id", "argon2", 5, key, salt, {
        "hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"],
        "parallelism": ["1"]})
    add("other", "", "bcrypt-of-a-plugin", 1, key, salt, is_refused=True,
        remark=FORMER + "bcrypt-of-a-plugin")
    (directory / "keycloak").write_text(json.dumps({"realm": "example", "users": users}, indent=1))
    write(people, directory / "keycloak.people")


def htpasswd(directory: pathlib.Path) -> None:
    """A password file as `htpasswd -B` and `-5` write it, with older lines."""
    lines = [
        ("ada@example.org", "bcrypt", bcrypt_hash(words("ada"), 5, b"2y"), ""),
        ("sha@example.org", "sha512-crypt",
         passlib.sha512_crypt.using(rounds=5000).hash(words("sha")), ""),
        ("apr@example.org", "", passlib.apr_md5_crypt.hash(words("apr")), FORMER + "$apr1$"),
        ("old@example.org", "", passlib.ldap_sha1.hash(words("old")), FORMER + "{SHA}"),
        ("des@example.org", "", passlib.des_crypt.hash("secret"), FORMER + "?"),
        ("carol", "", bcrypt_hash("x", 4), "malformed email")]
    (directory / "htpasswd").write_text("# users\n" + "".join(
        f"{name}:{text}\n" for name, _, text, _ in lines))
    write([Person(number, name if "@" in name else "", words(name.split("@")[0]), form, remark=remark,
                  is_refused=not form)
           for number, (name, form, _, remark) in enumerate(lines, 2)], directory / "htpasswd.people")


def lunalytics(directory: pathlib.Path) -> None:
    """Its database; the owner is refused without --allow-admins."""
    base = sqlite3.connect(directory / "lunalytics")
    base.execute("""CREATE TABLE user (email varchar(255) not null, displayName varchar(255) not null,
        password varchar(255) default null, avatar varchar(255), isOwner boolean default 0,
        isVerified boolean default 0, sso boolean default 0, permission integer default 0,
        created_at datetime, settings json default '{}', primary key (email))""")
    people, remark = [], "permissions are not moved"
    for name, is_owner, is_approved in (("chief", 1, 1), ("ada", 0, 1), ("waiting", 0, 0)):
        email = f"{name}@example.org"
        base.execute("INSERT INTO user (email, displayName, password, isOwner, isVerified, created_at)"
                     " VALUES (?, ?, ?, ?, ?, '2024-01-02 03:04:05')",
                     (email, name.title(), bcrypt_hash(words(name), 10), is_owner, is_approved))
        people.append(Person(
            len(people) + 1, email, words(name), "bcrypt", role="owner" if is_owner else "member",
            status="active" if is_approved else "pending", is_refused=bool(is_owner),
            remark="there is another owner" if is_owner else remark))
    base.commit()
    base.close()
    write(people, directory / "lunalytics.people")


def lunauth(directory: pathlib.Path) -> None:
    """A file of lunauth's own, with hashes as passlib and Django make them."""
    settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in (
        "PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt")])
    django.setup()
    made = {f"django-{kind}": (form, lambda password, kind=kind: hashers.make_password(
        password, hasher=kind)) for kind, form in (
            ("pbkdf2_sha256", "pbkdf2-sha256"), ("pbkdf2_sha1", "pbkdf2-sha1"), ("argon2", "argon2id"),
            ("bcrypt_sha256", "django-bcrypt-sha256"), ("bcrypt", "bcrypt"), ("scrypt", "scrypt"))}
    made |= {f"passlib-{name}": (form, handler.hash) for name, form, handler in (
        ("pbkdf2-sha1", "pbkdf2-sha1", passlib.pbkdf2_sha1),
        ("pbkdf2-sha256", "pbkdf2-sha256", passlib.pbkdf2_sha256),
        ("argon2", "argon2id", passlib.argon2), ("scrypt", "scrypt", passlib.scrypt),
        ("sha256-crypt", "sha256-crypt", passlib.sha256_crypt),
        ("sha512-crypt", "sha512-crypt", passlib.sha512_crypt),
        ("bcrypt-2y", "bcrypt", passlib.bcrypt.using(rounds=8, ident="2y")))}
    lines, people = [], []
    for name, (form, make) in made.items():
        email = f"{name}@example.org"
        lines.append(json.dumps({"type": "account", "email": email, "name": name,
                                 "passwordHash": make(words(name))}))
        people.append(Person(len(lines), email, words(name), form))
    (directory / "lunauth").write_text("\n".join(lines) + "\n")
    write(people, directory / "lunauth.people")


if __name__ == "__main__":
    for make in (authelia, pocketbase, supabase, keycloak, htpasswd, lunalytics, lunauth):
        make(pathlib.Path(sys.argv[1]))
