PRAGMA application_id = 1819635297;
PRAGMA user_version = 5;
CREATE TABLE accounts (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'user')),
    status TEXT NOT NULL CHECK (status IN ('active', 'pending', 'disabled')),
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
, email_verified_at INTEGER, approved_at INTEGER, email_rejected_at INTEGER, language TEXT CHECK (language IN ('en', 'de')), folded_name TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "accounts" VALUES(1,X'BF7242EB1C9D44FEA2D5DB5145C0FB46','owner@example.com','Olive Owner','free','owner','active','$pbkdf2-sha256$i=1000$ML/OX/M2B5VE+qr01kO5tQ$yuj5SES087U97kxfCCmJiEMtGe3ItsssoKlD2/ddl8I',1795282617785,NULL,1795282617785,NULL,NULL,'olive owner');
INSERT INTO "accounts" VALUES(2,X'6B809321FE964E07A4EEE125F59C2E99','ada@example.com','Ada Łovelace','free','user','active','$pbkdf2-sha256$i=1000$LqN1RJogd4PkmICjaMyD6Q$wZZJS/sLQmoIreG7Bmknd+wu0UeCw54cUnzdzVpmr14',1795282617930,1795282618930,NULL,NULL,'de','ada łovelace');
INSERT INTO "accounts" VALUES(3,X'484173C1451F42129925F90D76B0870E','grace@example.com','grace','free','member','pending','$pbkdf2-sha256$i=1000$vQcQ3h8bEad8sCI4BIh5fA$FWuXmI4zTVqARU9bz2pbJVE2SRlxnIbzJB4A7OQqBek',1795282617964,NULL,NULL,NULL,NULL,'grace');
CREATE TABLE invites (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    email TEXT,
    role TEXT NOT NULL CHECK (role IN ('admin', 'member', 'user')),
    tier TEXT NOT NULL CHECK (tier IN ('free', 'pro', 'team')),
    max_uses INTEGER NOT NULL CHECK (max_uses > 0),
    uses INTEGER NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    created_by BLOB REFERENCES accounts (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
, key_id BLOB CHECK (length(key_id) = 16)) STRICT;
INSERT INTO "invites" VALUES(1,X'6C20FCD966DD483EA6B273934C07186A',X'31BAF677249DD48D93AA2DAB4925CD24426757AF8B39DFDD93E7CF1BA7601E95',NULL,'member','pro',1,0,0,X'BF7242EB1C9D44FEA2D5DB5145C0FB46',1795282617999,4102444800000,NULL);
CREATE TABLE link_tokens (
    key INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    purpose TEXT NOT NULL
        CHECK (purpose IN ('verify_email', 'reset_password', 'decide')),
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (account_id, purpose)
) STRICT;
INSERT INTO "link_tokens" VALUES(1,X'87530B639FB7B0A83DB7F74C9D91530128EA4104572E519DE5AFADDE98698006','verify_email',X'6B809321FE964E07A4EEE125F59C2E99','ada@example.com',1795282617931,1795369017931);
INSERT INTO "link_tokens" VALUES(2,X'7B2B802E24F9DE0D9274D5D1DB20CB3CD6B369BCFE7526704B166563BCC73352','verify_email',X'484173C1451F42129925F90D76B0870E','grace@example.com',1795282617965,1795369017965);
INSERT INTO "link_tokens" VALUES(3,X'C13158C43A765A9BC51E653FA54CE0A300D3C11FDDA722FE8C329B0FA9E909BD','decide',X'484173C1451F42129925F90D76B0870E',NULL,1795282617964,1795887417964);
CREATE TABLE mails (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    account_id BLOB CHECK (length(account_id) = 16),
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER,
    last_error TEXT
) STRICT;
INSERT INTO "mails" VALUES(1,X'6822D683BF664ABEA38FDB48EA72D62B','welcome','ada@example.com',X'6B809321FE964E07A4EEE125F59C2E99',X'00',1795282617931,1,NULL,'gone');
INSERT INTO "mails" VALUES(2,X'486990368D10422294CA6EFEDF1F635C','verify','grace@example.com',X'484173C1451F42129925F90D76B0870E',X'00',1795282617965,1,NULL,'gone');
INSERT INTO "mails" VALUES(3,X'B3DB37273CD741B0A9BA51307238587B','approvalWanted','owner@example.com',X'484173C1451F42129925F90D76B0870E',X'00',1795282617964,1,NULL,'gone');
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('left_by_setup','');
CREATE TABLE sessions (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
, address TEXT, user_agent TEXT, last_seen_at INTEGER, methods TEXT NOT NULL DEFAULT 'pwd', authenticated_at INTEGER) STRICT;
INSERT INTO "sessions" VALUES(1,X'6909BF05E8B54D77A2869B02F1EB399B',X'080A19BF7CD2E74926027FFF62D1828959505E4DA1124DACDCE1DFC56CBAC978',X'BF7242EB1C9D44FEA2D5DB5145C0FB46',1795282617790,4102444800000,1795282622790,'127.0.0.1','Python-urllib/3.11',NULL,'pwd',NULL);
INSERT INTO "sessions" VALUES(2,X'1839DE77F6C74CE8B48C2A73B56BA9BD',X'9CA5F95A87C023A1986F0C47674BCC3FEEEC3F235ECCF51823E34C594BD0B677',X'6B809321FE964E07A4EEE125F59C2E99',1795282617931,4102444800000,NULL,'127.0.0.1','Python-urllib/3.11',NULL,'pwd',1795282677931);
INSERT INTO "sessions" VALUES(3,X'26F7BCF8B34446A3A6C1AC1BD49E49F8',X'97614F76E387382C4DA86A2B4A3A57718D97C5EB35F08D0873C1412446AB04F8',X'484173C1451F42129925F90D76B0870E',1795282617965,4102444800000,NULL,'127.0.0.1','Python-urllib/3.11',NULL,'pwd',NULL);
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL CHECK (value IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO "settings" VALUES('approval',0);
INSERT INTO "settings" VALUES('native_signin',1);
INSERT INTO "settings" VALUES('register',1);
INSERT INTO "settings" VALUES('require_email_verification',0);
INSERT INTO "settings" VALUES('signup',1);
CREATE UNIQUE INDEX one_owner ON accounts (role) WHERE role = 'owner';
CREATE INDEX account_sessions ON sessions (account_id, ended_at, created_at);
CREATE INDEX session_ends ON sessions (coalesce(ended_at, expires_at));
CREATE INDEX accounts_by_age ON accounts (created_at, id);
CREATE INDEX invites_by_age ON invites (created_at, id);
CREATE INDEX link_token_ends ON link_tokens (expires_at);
CREATE INDEX due_mails ON mails (next_attempt_at, key) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX account_mails ON mails (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX mails_by_age ON mails (created_at, id);
CREATE TABLE failed_logins (
    subject TEXT NOT NULL CHECK (subject IN ('account', 'known')),
    key BLOB NOT NULL CHECK (length(key) = 32),
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (subject, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "failed_logins" VALUES('account',X'5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C5C',1795369017785);
INSERT INTO "failed_logins" VALUES('known',X'A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7A7',1795369018785);
CREATE INDEX failed_login_ends ON failed_logins (ends_at);
CREATE INDEX accounts_by_cost ON accounts (
    CAST(substr(password_hash, instr(password_hash, 'i=') + 2) AS INTEGER)
);
CREATE TABLE unlocks (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;
INSERT INTO "unlocks" VALUES(1,X'6B809321FE964E07A4EEE125F59C2E99');
CREATE INDEX account_unlocks ON unlocks (account_id);
CREATE TABLE account_terms (
    term TEXT NOT NULL,
    account_key INTEGER NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    PRIMARY KEY (term, account_key)
) STRICT, WITHOUT ROWID;
INSERT INTO "account_terms" VALUES('@example.com',1);
INSERT INTO "account_terms" VALUES('com',1);
INSERT INTO "account_terms" VALUES('example',1);
INSERT INTO "account_terms" VALUES('olive',1);
INSERT INTO "account_terms" VALUES('owner',1);
INSERT INTO "account_terms" VALUES('owner@example.com',1);
INSERT INTO "account_terms" VALUES('@example.com',2);
INSERT INTO "account_terms" VALUES('ada',2);
INSERT INTO "account_terms" VALUES('ada@example.com',2);
INSERT INTO "account_terms" VALUES('com',2);
INSERT INTO "account_terms" VALUES('example',2);
INSERT INTO "account_terms" VALUES('łovelace',2);
INSERT INTO "account_terms" VALUES('@example.com',3);
INSERT INTO "account_terms" VALUES('com',3);
INSERT INTO "account_terms" VALUES('example',3);
INSERT INTO "account_terms" VALUES('grace',3);
INSERT INTO "account_terms" VALUES('grace@example.com',3);
CREATE INDEX rejected_emails ON accounts (email_rejected_at)
    WHERE email_rejected_at IS NOT NULL;
CREATE TABLE settled_links (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    purpose TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settled_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "settled_links" VALUES(X'3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D3D','verify_email','confirmed',1795282618930,4102444800000);
CREATE INDEX settled_link_ends ON settled_links (expires_at);
CREATE INDEX invites_by_key ON invites (key_id) WHERE key_id IS NOT NULL;
CREATE TABLE "api_keys" (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    scopes INTEGER NOT NULL CHECK (scopes BETWEEN 1 AND 7),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
INSERT INTO "api_keys" VALUES(1,X'15F3BDEE6975AF6C70A55C12D8A2DC0C',X'2306399ABB7CA68D39DE1E30B03BBC418DE77F7BA0F8A883FF1D735A80FF1036',X'6B809321FE964E07A4EEE125F59C2E99','report','luna_Fixture',3,1795000000000,NULL,NULL,NULL);
CREATE INDEX account_api_keys ON api_keys (account_id, revoked_at, created_at, id);
CREATE TABLE notes (key INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO "notes" VALUES(1,'command line command=migrate user=root');
CREATE TABLE recipient_mails (
    key INTEGER PRIMARY KEY,
    recipient BLOB NOT NULL CHECK (length(recipient) = 32),
    share TEXT NOT NULL CHECK (share IN ('links', 'notices')),
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "recipient_mails" VALUES(1,X'4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E4E','links',1795282618930);
CREATE INDEX mails_of_recipient ON recipient_mails (recipient, share, created_at);
CREATE INDEX recipient_mail_ends ON recipient_mails (created_at);
CREATE INDEX terms_by_account ON account_terms (account_key, term);
CREATE TABLE text_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "text_settings" VALUES('site_name','Example');
CREATE INDEX accounts_by_class_and_age ON accounts (
    status, role, email_verified_at IS NOT NULL, created_at, id
);
CREATE INDEX sessions_by_use ON sessions (
    account_id, coalesce(last_seen_at, created_at)
);
CREATE INDEX invites_by_maker ON invites (created_by, created_at, id);
CREATE INDEX open_invites ON invites (expires_at) WHERE uses < max_uses;
CREATE INDEX dead_mails ON mails (created_at, id) WHERE next_attempt_at IS NULL;
CREATE INDEX accounts_by_name ON accounts (folded_name, id);
CREATE INDEX accounts_by_class_and_name ON accounts (
    status, role, email_verified_at IS NOT NULL, folded_name, id
);
