"""Who reaches the application behind a forward-auth proxy, and what the application learns of them."""

from harness.accounts import Accounts, Person
from harness.process import wait_for
from harness.topic import Context
from proxies.application import NAME, Received
from proxies.guards import Guard
from proxies.spoofing import CLAIMS, DISGUISE, HIDING


def check_rejected(guard: Guard, accounts: Accounts, context: Context) -> None:
    """Requests without a sufficient credential never reach the application."""
    ended = Person(accounts.log_in("owner"))
    accounts.site.request("POST", "/auth/logout", fields=ended.with_token)
    forged = accounts.member.token.rsplit(".", 1)[0] + "." + "A" * 43
    key = [("Authorization", f"Bearer {accounts.key}")]
    rejected = {
        "no credential": ([], 401), "an empty cookie": ([("Cookie", "session_token=")], 401),
        "a forged cookie": ([("Cookie", "session_token=" + "A" * 43)], 401),
        "a forged token": ([("Authorization", f"Bearer {forged}")], 401),
        "another scheme": ([("Authorization", "Basic YWRtaW46YWRtaW4=")], 401),
        "the cookie of an ended session": (ended.with_cookie, 401),
        "the token of an ended session": (ended.with_token, 401),
        "a pending account": (accounts.pending.with_cookie, 403),
        "the cookie of another role": (accounts.customer.with_cookie, 403),
        "the token of another role": (accounts.customer.with_token, 403),
        "an API key": (key, 403), "two cookies that differ": (
            [("Cookie", f"session_token=x; {accounts.member.cookie}")], 401),
    }
    for name, (fields, status) in rejected.items():
        responses = [
            guard.https.request(method, f"/stranger{query}", body, fields + claims)
            for method, body in (("GET", None), ("POST", b"x" * 1000), ("DELETE", None))
            for query in ("", "?role=user", "?keys=allow", "?role=user&keys=allow")
            for claims in ([], CLAIMS + DISGUISE, [HIDING])]
        context.check(f"{name} is rejected with {status}",
                      {each.status for each in responses} == {status}, responses)
    paths = ["/auth/verify", "/.lunauth", "/.lunauth/x", "//", "/%2e/", "/x/../.lunauth", "*"]
    responses = [guard.https.request("GET", path) for path in paths]
    context.check("no path bypasses the check", all(each.status >= 400 for each in responses),
                  responses)
    context.check("no rejected request reaches the application",
                  not guard.application.requests, guard.application.requests)


def check_admitted(guard: Guard, accounts: Accounts, context: Context) -> None:
    """A member is admitted, and the application learns from lunauth alone who it is."""
    member = accounts.member
    wanted = {"remote-user": [member.id], "remote-name": ["Zo%C3%AB%20M"],
              "remote-groups": ["member"], "x-auth-tier": ["free"]}
    basic = ("Authorization", "Basic YWRtaW46YWRtaW4=")
    requests = {
        "a cookie": member.with_cookie, "a token": member.with_token,
        "a cookie beside others": [
            ("Cookie", f"a=b; {member.cookie}; session_token_device=x; c=d"), basic],
    }
    seen = None
    for number, (name, fields) in enumerate(requests.items()):
        path = f"/visit{number}"
        response = guard.https.request("GET", f"{path}?q=1", fields=fields)
        seen = guard.application.last(path)
        context.check(f"{name} is admitted", response.status == 200 and seen
                      and seen.path == f"{path}?q=1" and seen.values("host") == [
                          f"{NAME}:{guard.https.port}"], (response, seen))
        context.check(f"with {name} the application gets the identity",
                      seen and seen.identity == wanted, seen)
        context.check(f"with {name} the application gets no credential of lunauth",
                      seen and not any("session_token" in value or "Bearer" in value
                                       for _, value in seen.fields), seen)
    others = [each.strip() for value in seen.values("cookie") for each in value.split(";")]
    context.check("other cookies and credentials reach the application",
                  {"a=b", "c=d"} <= set(others) and seen.values("authorization") == [basic[1]],
                  seen)
    check_cookies(guard, member, context)
    check_claims(guard, member, wanted, context)
    check_changes(guard, accounts, wanted, context)


def check_claims(guard: Guard, member: Person, wanted: dict, context: Context) -> None:
    """What a client says about itself is never believed."""
    def claim(path: str, *fields: tuple[str, str]) -> Received | None:
        guard.https.request(
            "GET", path, fields=member.with_cookie + CLAIMS + DISGUISE + list(fields))
        return guard.application.last(path)

    seen = claim("/claims")
    context.check("identity fields of the client are removed, in every spelling",
                  seen and seen.identity == wanted, seen)
    seen = claim("/hidden", HIDING)
    context.check("Connection removes no identity field, neither here nor in the next hop",
                  seen and seen.identity == wanted
                  and not any("remote" in value.lower() for value in seen.values("connection")),
                  seen)
    seen = claim("/upgraded", ("Upgrade", "websocket"), ("Connection", f"Upgrade, {HIDING[1]}"),
                 ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
    context.check("Connection of an upgrade removes no identity field",
                  seen and seen.identity == wanted, seen)
    responses = [guard.https.request("GET", path, fields=member.with_cookie)
                 for path in ("/.lunauth", "/auth/verify")]
    context.check("a client cannot read lunauth's response to the proxy", not any(
        b"success" in each.body or each.fields["Remote-User"] for each in responses), responses)


def check_changes(guard: Guard, accounts: Accounts, wanted: dict, context: Context) -> None:
    """Changes of an account take effect within a moment."""
    member = accounts.member
    accounts.change(member, "email_verified_at = 1, tier = 'pro'")
    wanted = wanted | {"remote-email": ["member@example.com"], "x-auth-tier": ["pro"]}

    def is_changed() -> bool:
        guard.https.request("GET", "/changed", fields=member.with_cookie + CLAIMS + DISGUISE)
        seen = guard.application.last("/changed")
        return bool(seen) and seen.identity == wanted

    context.check("a confirmed address and another tier reach the application",
                  wait_for(is_changed), guard.application.last("/changed"))

    def has_status(status: int) -> bool:
        return guard.https.request("GET", "/", fields=member.with_cookie).status == status

    accounts.change(member, "role = 'user'")
    context.check("an account that loses the role is rejected", wait_for(lambda: has_status(403)))
    accounts.change(member, "role = 'member'")
    wait_for(lambda: has_status(200))


def check_cookies(guard: Guard, member: Person, context: Context) -> None:
    """The application gets all cookies but lunauth's."""
    device = "session_token_device=1.x-y_z"
    for number, (sent, wanted) in enumerate([
            (member.cookie, []), (f"{member.cookie}; {device}", []),
            (f"{device};{member.cookie}", []),
            (f"{device}; a=b; {member.cookie}; session_tokens=c", ["a=b", "session_tokens=c"]),
            (f"x_session_token=a; {member.cookie}", ["x_session_token=a"]),
            (f"{member.cookie}; {member.cookie}", []),
            (f"{member.cookie}; {device}; {member.cookie}", []),
            (f"session_token_trust=t; {device}; a=b; {member.cookie}; session_token_login=l",
             ["a=b"])]):
        path = f"/cookie{number}"
        guard.https.request("GET", path, fields=[("Cookie", sent)])
        seen = guard.application.seen(path)
        found = [value for each in seen for value in each.values("cookie")]
        pairs = [pair.strip() for value in found for pair in value.split(";") if pair.strip()]
        context.check(f"only lunauth's cookies are removed, and no empty field is left ({number})",
                      len(seen) == 1 and pairs == wanted and "" not in found,
                      (sent.replace(member.cookie, "session_token=S"), found))
