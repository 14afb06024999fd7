/// Rows that tests insert into a server's database directly.
enum Rows {
    /// Inserts an API key.
    ///
    /// - Returns: Its text.
    /// - Throws: When Python fails.
    static func apiKey(
        of person: Person, in home: Home, database: String = "lunauth"
    ) throws -> String {
        let text = try run(
            """
            import hashlib, os, zlib
            digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
            key = "luna_" + "".join(digits[b % 62] for b in os.urandom(32))
            rest, checksum = zlib.crc32(key.encode()), ""
            for _ in range(6):
                rest, digit = divmod(rest, 62)
                checksum = digits[digit] + checksum
            key += checksum
            base.execute(
                "INSERT INTO api_keys (id, key_hash, account_id, name, prefix, scopes, created_at)"
                " VALUES (?, ?, ?, 'test', ?, 3, ?)",
                (os.urandom(16), hashlib.sha256(key.encode()).digest(), account, key[:12], now))
            made = key
            """, person, home, database)
        Secrets.protect(text)
        return text
    }

    /// Inserts an approval link about an account that waits.
    ///
    /// - Returns: Its token.
    /// - Throws: When Python fails.
    static func decision(about person: Person, in home: Home) throws -> String {
        let text = try run(
            """
            import hashlib, secrets
            made = secrets.token_urlsafe(32)
            base.execute(
                "INSERT INTO link_tokens (hash, purpose, account_id, created_at, expires_at)"
                " VALUES (?, 'decide', ?, ?, ?)",
                (hashlib.sha256(made.encode()).digest(), account, now, now + 60000))
            """, person, home)
        Secrets.protect(text)
        return text
    }

    /// The number of stored failed logins of one account; 0 without any.
    ///
    /// - Throws: When Python fails.
    static func failures(in home: Home) throws -> Int64 {
        let answer = try Python.run(
            """
            base = sqlite3.connect(given["path"], timeout=10)
            row = base.execute(
                "SELECT max(ends_at) FROM failed_logins WHERE subject = 'account'").fetchone()
            # Each keeps the count from its end for six minutes.
            left = (row[0] or 0) - int(time.time() * 1000)
            print(json.dumps({"failures": max(0, -(-left // 360000))}))
            """, given: ["path": .string("\(home.path)/data/lunauth.db")])
        return Int64(answer["failures"]?.number ?? 0)
    }

    private static func run(
        _ script: String, _ person: Person, _ home: Home, _ database: String = "lunauth"
    ) throws -> String {
        let whole = """
            import uuid
            now = int(time.time() * 1000)
            account = uuid.UUID(given["id"]).bytes
            base = sqlite3.connect(given["path"], timeout=10)
            \(script)
            base.commit()
            print(json.dumps({"made": made}))
            """
        let path = "\(home.path)/data/\(database).db"
        let answer = try Python.run(
            whole, given: ["path": .string(path), "id": .string(person.id)])
        guard let text = answer["made"]?.text else { throw HarnessError("nothing was made") }
        return text
    }
}
