import Crypto

/// What a look at a whole database found.
enum Inspection: Equatable {
    /// Nothing that any structure of the file contradicts.
    case sound
    /// Nothing as far as it went: the file is too large for the time there was.
    case cutShort
    /// This.
    case damaged(String)
}

extension Database {
    /// Above this size the walk over the pages, which SQLite does not interrupt, takes too long.
    private static let boundedBytes: Int64 = 512 << 20

    /// Looks for damage: in the tables themselves, in every page, row and index.
    ///
    /// - Parameters:
    ///   - schema: Knows the version that the database has.
    ///   - limit: How long it may take; nil for as long as it needs.
    /// - Returns: The first thing it found.
    /// - Throws: Any fault of SQLite that is no finding.
    func inspect(as schema: Schema, within limit: Duration?) throws(SQLiteError) -> Inspection {
        do throws(SQLiteError) {
            if let difference = try schema.difference(in: self) { return .damaged(difference) }
            if let limit {
                let pages = try integer("PRAGMA page_count")
                let pageSize = max(1, try integer("PRAGMA page_size"))
                guard pages <= Self.boundedBytes / pageSize else { return .cutShort }
                let finding = try within(limit) { () throws(SQLiteError) in try integrityCheck() }
                return finding ?? .cutShort
            }
            let finding = try integrityCheck()
            return finding == .sound ? try foreignKeyCheck() : finding
        } catch {
            guard error.isDamage else { throw error }
            return .damaged(error.description)
        }
    }

    private func integrityCheck() throws(SQLiteError) -> Inspection {
        let finding =
            try first("PRAGMA integrity_check(1)") { (row) throws(SQLiteError) in try row.text(0) }
        return finding == "ok" ? .sound : .damaged(finding ?? "its check says nothing")
    }

    private func foreignKeyCheck() throws(SQLiteError) -> Inspection {
        let table =
            try first("PRAGMA foreign_key_check") { (row) throws(SQLiteError) in try row.text(0) }
        return table.map { .damaged("rows of \($0) belong to rows that are gone") } ?? .sound
    }
}

extension Schema {
    /// The first table or index that a database of this program has otherwise than its version made
    /// it; more than that may be there.
    ///
    /// - Throws: Any fault of SQLite.
    fileprivate func difference(in database: Database) throws(SQLiteError) -> String? {
        let version = try Self.version(of: database)
        let found = Set(try Self.definitions(in: database))
        // To make a model takes a third of the time of a start.
        if version == self.version, Self.digest(of: found) == digest { return nil }
        let model = try Database(path: ":memory:", for: .copying)
        try Schema(migrations: migrations.filter { $0.version <= version }).migrate(model)
        let missing = try Self.definitions(in: model).first { !found.contains($0) }
        return missing.map { "\($0.name) is not what schema \(version) has" }
    }

    /// The digest of all definitions in a database, in hexadecimal.
    ///
    /// - Throws: Any fault of SQLite.
    static func digest(of database: Database) throws(SQLiteError) -> String {
        digest(of: Set(try definitions(in: database)))
    }

    private static func digest(of definitions: Set<Definition>) -> String {
        let lines = definitions.map { "\($0.name)\0\($0.table)\0\($0.sql ?? "")\n" }.sorted()
        return Hex.encode(SHA256.digest(lines.joined().utf8).bytes)
    }

    /// A table or an index.
    private struct Definition: Hashable {
        let name: String
        let table: String
        /// Nil for an index that a constraint implies.
        let sql: String?
    }

    private static func definitions(in database: Database) throws(SQLiteError) -> [Definition] {
        try database.rows(
            """
            SELECT name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'
            ORDER BY rowid
            """
        ) {
            (row) throws(SQLiteError) in
            Definition(
                name: try row.text(0), table: try row.text(1),
                sql: try row.optional(2) { (row) throws(SQLiteError) in try row.text(2) })
        }
    }
}
