"""`GET /auth/export`: all accounts for the owner, page by page, without anything that proves them."""

import json

from harness.accounts import PASSWORD, Accounts
from harness.site import Fields, Response
from harness.topic import Context
from moves.scene import Scene

HIDDEN = ("passwordHash", "pbkdf2", "$2b$", "factors", "apiKeys", "secret")
COUNT = 230


def run(context: Context) -> None:
    """Reads all pages, and is refused as everyone else."""
    scene = Scene(context, is_empty=True)
    accounts = Accounts(scene.daemon)
    scene.owner = accounts.owner
    hash_text = "$2b$04$Oo3V.XVEMOQSfTUJ/G/6a.spUHuMjqatCeSVEGIiOYS56vnZTy5ZS"
    lines = [{"email": f"p{number}@example.org", "passwordHash": hash_text} for number in range(COUNT)]
    lines.append({"email": "admin@example.org", "role": "admin"})
    scene.move("-", "--allow-admins", text="".join(
        json.dumps({"type": "account", **line}) + "\n" for line in lines))
    scene.command("user", "password", "admin@example.org", text=f"{PASSWORD}\n{PASSWORD}\n")
    owner = accounts.owner.with_cookie

    first = scene.site.request("GET", "/auth/export?limit=100", fields=owner)
    scene.check("the first page is full", first.status == 200 and len(first.json["items"]) == 100, first)
    items = list(first.json["items"])
    response, pages = first, 1
    while cursor := response.json.get("nextCursor"):
        response = scene.site.request("GET", f"/auth/export?limit=100&cursor={cursor}", fields=owner)
        scene.check("a page follows", response.status == 200 and response.json["items"], response)
        if not response.json.get("items"):
            break
        items += response.json["items"]
        pages += 1
    exported = scene.accounts()
    scene.check("the pages have all accounts once, oldest first",
                [each["email"] for each in items] == list(exported), len(items))
    scene.check("nothing that proves them", not any(
        name in json.dumps(items) for name in HIDDEN), items[:2])
    scene.check("as the command line has them", all(
        each[name] == exported[each["email"]][name] for each in items
        for name in ("id", "role", "status", "createdAt", "approvedAt", "emailVerifiedAt")))
    scene.check("each page is recorded", scene.recorded("accounts.exported", "none") == pages,
                scene.recorded("accounts.exported", "none"))
    refuse(scene, accounts)


def refuse(scene: Scene, accounts: Accounts) -> None:
    """Only the owner in person."""
    def get(fields: Fields) -> Response:
        return scene.site.request("GET", "/auth/export", fields=fields)

    admin = scene.signed_in("admin@example.org")
    key = accounts.make_key(accounts.owner)
    for who, fields, status, code in (
            ("no one", [], 401, "unauthenticated"),
            ("a member", accounts.member.with_cookie, 403, "forbidden"),
            ("an administrator", admin.with_cookie, 403, "forbidden"),
            ("a key of the owner", [("Authorization", f"Bearer {key}")], 403, "api_key_not_allowed")):
        found = get(fields)
        scene.check(f"{who} gets no accounts",
                    (found.status, found.code) == (status, code) and "items" not in found.json, found)
