"""Fields by which a client of a forward-auth proxy would pass for another one, or for another request."""

# What a signed-in client would send to pass for an administrator.
CLAIMS = [
    ("Remote-User", "admin"), ("remote-user", "admin"), ("REMOTE_USER", "admin"),
    ("Remote_User", "admin"), ("Remote.User", "admin"), ("Remote-Email", "admin@example.com"),
    ("Remote_Email", "admin@example.com"), ("Remote-Name", "admin"), ("Remote-Groups", "owner"),
    ("remote_groups", "owner"), ("X-Auth-Tier", "team"), ("X_Auth_Tier", "team"),
    ("X-Auth_Tier", "team"), ("X-Auth-Scopes", "read write"), ("x_auth-scopes", "write"),
]
# What a client would send to have another request authorized than its own.
DISGUISE = [
    ("X-Forwarded-Method", "HEAD"), ("X-Forwarded-Uri", "/public"),
    ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"),
    ("X-Forwarded-For", "127.0.0.1"), ("X-Original-Method", "HEAD"), ("X-Original-URL", "/public"),
]
# What has the proxy's own fields dropped where Connection is believed.
HIDING = ("Connection", "Remote-User, Remote-Groups, X-Forwarded-Uri, Cookie, Authorization")
