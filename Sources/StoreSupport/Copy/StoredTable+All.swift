extension StoredTable {
    /// All tables that move, each after those to which it refers.
    ///
    /// Tests compare it with the schema of each kind of database.
    public static let all = accounts + signIn + keysAndLinks + outbox + record + settings

    /// The tables that stay behind.
    public static let excluded: Set<String> = [
        // Times of purges and probes, which belong to a database; what setup stored moves by itself.
        "meta",
        // The lease of one daemon.
        "audit_linker",
        // PostgreSQL alone: the schema, and what daemons tell each other.
        "schema_version", "commit_markers", "changes",
        // The keys that its daemons share; what they seal is copied as sealed by the secret key of the operator.
        "secret_keys",
    ]

    private static let accounts = [
        StoredTable(
            "accounts", order: .insertion,
            [
                .required("id", .id), .required("email", .text), .required("name", .text),
                .required("folded_name", .text), .required("tier", .text),
                .required("role", .text), .required("status", .text),
                .required("created_at", .integer), .optional("email_verified_at", .integer),
                .optional("approved_at", .integer), .optional("email_rejected_at", .integer),
                .optional("language", .text),
            ]),
        StoredTable(
            "account_terms", order: .columns(["term", "account_id"]),
            [.required("term", .text), .required("account_id", .id)]),
        StoredTable(
            "credentials", order: .columns(["created_at", "id"]),
            [
                .required("id", .id), .required("account_id", .id), .required("kind", .text),
                .optional("handle", .bytes), .optional("name", .text), .required("data", .bytes),
                .optional("cost", .integer), .required("created_at", .integer),
                .optional("last_used_at", .integer),
            ]),
        StoredTable(
            "data_key", order: .columns(["key"]),
            [.required("key", .integer), .required("wrapped", .bytes)]),
    ]

    private static let signIn = [
        StoredTable(
            "sessions", order: .columns(["created_at", "id"]),
            [
                .required("id", .id), .required("token_hash", .bytes),
                .required("account_id", .id), .required("created_at", .integer),
                .required("expires_at", .integer), .optional("ended_at", .integer),
                .required("methods", .text), .required("authenticated_at", .integer),
                .optional("factor_at", .integer), .optional("address", .text),
                .optional("user_agent", .text), .optional("last_seen_at", .integer),
            ]),
        StoredTable(
            "challenges", order: .insertion,
            [
                .required("hash", .bytes), .required("purpose", .text),
                .optional("account_id", .id), .optional("session_id", .id),
                .optional("browser", .bytes), .required("data", .bytes),
                .required("failures", .integer), .required("created_at", .integer),
                .required("expires_at", .integer),
            ]),
        StoredTable(
            "trusted_browsers", order: .columns(["created_at", "id"]),
            [
                .required("id", .id), .required("hash", .bytes), .required("account_id", .id),
                .required("created_at", .integer), .required("expires_at", .integer),
                .optional("last_used_at", .integer), .optional("user_agent", .text),
                .optional("address", .text),
            ]),
        StoredTable(
            "failed_logins", order: .columns(["subject", "key"]),
            [
                .required("subject", .text), .required("key", .bytes),
                .required("ends_at", .integer),
            ]),
        StoredTable(
            "unlocks", order: .insertion, [.required("account_id", .id)]),
    ]

    private static let keysAndLinks = [
        StoredTable(
            "invites", order: .columns(["created_at", "id"]),
            [
                .required("id", .id), .required("code_hash", .bytes), .optional("email", .text),
                .required("role", .text), .required("tier", .text),
                .required("max_uses", .integer), .required("uses", .integer),
                .required("paused", .boolean), .optional("created_by", .id),
                .required("created_at", .integer), .required("expires_at", .integer),
                .optional("key_id", .id),
            ]),
        StoredTable(
            "api_keys", order: .columns(["created_at", "id"]),
            [
                .required("id", .id), .required("key_hash", .bytes), .required("account_id", .id),
                .required("name", .text), .required("prefix", .text),
                .required("scopes", .integer), .required("created_at", .integer),
                .optional("expires_at", .integer), .optional("last_used_at", .integer),
                .optional("revoked_at", .integer),
            ]),
        StoredTable(
            "link_tokens", order: .columns(["created_at", "hash"]),
            [
                .required("hash", .bytes), .required("purpose", .text),
                .required("account_id", .id), .optional("email", .text),
                .required("created_at", .integer), .required("expires_at", .integer),
            ]),
        StoredTable(
            "settled_links", order: .columns(["hash"]),
            [
                .required("hash", .bytes), .required("purpose", .text),
                .required("outcome", .text), .required("settled_at", .integer),
                .required("expires_at", .integer),
            ]),
    ]

    private static let outbox = [
        StoredTable(
            "mails", order: .insertion,
            [
                .required("id", .id), .required("kind", .text), .required("recipient", .text),
                .optional("account_id", .id), .required("content", .bytes),
                .required("created_at", .integer), .required("attempts", .integer),
                .optional("next_attempt_at", .integer), .optional("last_error", .text),
            ]),
        StoredTable(
            "recipient_mails", order: .columns(["recipient", "share", "created_at"]),
            [
                .required("recipient", .bytes), .required("share", .text),
                .required("created_at", .integer),
            ]),
    ]

    private static let record = [
        StoredTable(
            "events", order: .insertion,
            [
                .required("id", .id), .required("time", .integer), .required("kind", .text),
                .required("actor", .text), .optional("actor_account", .id),
                .optional("actor_key", .id), .optional("actor_user", .text),
                .optional("subject", .id), .optional("object", .id), .optional("client", .bytes),
                .required("client_commitment", .bytes), .optional("details", .bytes),
                .required("details_commitment", .bytes), .required("mac", .bytes),
                .optional("number", .integer), .optional("link", .bytes),
            ]),
        StoredTable(
            "audit_chain", order: .columns(["key"]),
            [
                .required("key", .integer), .required("origin", .id), .required("number", .integer),
                .required("link", .bytes), .required("time", .integer),
                .optional("checkpoint", .bytes), .required("mac", .bytes),
            ]),
        StoredTable(
            "audit_keys", order: .columns(["key"]),
            [
                .required("key", .integer), .required("mac", .bytes), .required("signing", .bytes),
            ]),
        StoredTable(
            "audit_checkpoints", order: .insertion,
            [
                .required("number", .integer), .required("text", .text),
                .required("public_key", .bytes), .required("signature", .bytes),
            ]),
    ]

    private static let settings = [
        StoredTable(
            "settings", order: .columns(["name"]),
            [.required("name", .text), .required("value", .boolean)]),
        StoredTable(
            "text_settings", order: .columns(["name"]),
            [.required("name", .text), .required("value", .text)]),
        // Lines for the log that no server has taken yet.
        StoredTable("notes", order: .insertion, [.required("text", .text)]),
    ]
}
