"""The credentials of the owner, and what a client adds to pass for another one."""

LOGIN = {"email": "owner@example.com", "password": "secure123"}
OWNER = dict(LOGIN, username="admin")
SPOOFED_ID = "spoofed-by-the-client"
# The last has the proxy's own fields dropped where Connection is believed.
SPOOFED = [
    ("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "203.0.113.9"),
    ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
    ("Forwarded", "for=203.0.113.9;proto=https"), ("X-Request-Id", SPOOFED_ID),
    ("Connection", "close, X-Forwarded-For, X-Forwarded-Proto, X-Request-Id"),
]
