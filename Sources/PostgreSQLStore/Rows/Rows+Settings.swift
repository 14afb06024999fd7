import Auth

extension Settings {
    /// Every switch and the name of its row.
    private static let switches:
        [(name: String, path: any WritableKeyPath<Settings, Bool> & Sendable)] =
            [
                ("native_signin", \.nativeSignin), ("register", \.register), ("signup", \.signup),
                ("approval", \.approval),
                ("require_email_verification", \.requireEmailVerification),
            ]

    /// Every text and the name of its row.
    private static let texts:
        [(name: String, path: any WritableKeyPath<Settings, String?> & Sendable)] =
            [
                ("site_name", \.siteName), ("site_accent", \.siteAccent),
                ("site_support", \.siteSupport),
            ]

    /// The settings that a database holds; one without a row is as on a new server.
    ///
    /// - Throws: Any fault.
    init(in database: Connection) throws(PostgreSQLError) {
        self.init()
        let switches = try database.rows("SELECT name, value FROM settings") {
            (row) throws(PostgreSQLError) in (name: try row.text(0), value: try row.boolean(1))
        }
        for row in switches {
            // A later version may have left a setting that this one does not know.
            guard let known = Self.switches.first(where: { $0.name == row.name }) else { continue }
            self[keyPath: known.path] = row.value
        }
        let texts = try database.rows("SELECT name, value FROM text_settings") {
            (row) throws(PostgreSQLError) in (name: try row.text(0), value: try row.text(1))
        }
        for row in texts {
            guard let known = Self.texts.first(where: { $0.name == row.name }) else { continue }
            self[keyPath: known.path] = row.value
        }
    }

    /// Writes every setting, in one round trip.
    ///
    /// - Throws: Any fault.
    func save(in database: Connection) throws(PostgreSQLError) {
        let switches = Self.switches.map { entry in
            Query(
                "INSERT INTO settings (name, value) VALUES ($1, $2)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(entry.name), .boolean(self[keyPath: entry.path])])
        }
        let texts = Self.texts.map { entry in
            guard let value = self[keyPath: entry.path] else {
                return Query("DELETE FROM text_settings WHERE name = $1", [.text(entry.name)])
            }
            return Query(
                "INSERT INTO text_settings (name, value) VALUES ($1, $2)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [.text(entry.name), .text(value)])
        }
        try database.execute(switches + texts)
    }
}
