import StoreSupport

/// How the rows of a table that moves lie in SQLite.
extension StoredTable {
    /// What is read instead of a column of the same name.
    private static let expressions = [
        "account_terms.account_id": "(SELECT id FROM accounts WHERE key = account_key)",
        "credentials.cost": "CASE kind WHEN 'password' THEN \(Database.passwordCost) END",
        "sessions.authenticated_at": "coalesce(authenticated_at, created_at)",
    ]

    /// All rows, in order.
    var selection: String {
        let values = columns.map { column in
            Self.expressions["\(name).\(column.name)"].map { "\($0) AS \(column.name)" }
                ?? column.name
        }
        let order =
            switch order {
            case .insertion: "key"
            case .columns(let names): names.joined(separator: ", ")
            }
        return "SELECT \(values.joined(separator: ", ")) FROM \(name) ORDER BY \(order)"
    }

    /// Adds a row, of the values of `inserted`.
    var insertion: String {
        let targets = inserted.map { storedName(of: columns[$0]) }
        let values = targets.map { $0 == "account_key" ? Self.accountKey : "?" }
        return "INSERT INTO \(name) (\(targets.joined(separator: ", ")))"
            + " VALUES (\(values.joined(separator: ", ")))"
    }

    /// The columns that are written, by their places; a cost is computed from the password.
    var inserted: [Int] {
        columns.indices.filter { name != "credentials" || columns[$0].name != "cost" }
    }

    private static let accountKey = "(SELECT key FROM accounts WHERE id = ?)"

    private func storedName(of column: Column) -> String {
        name == "account_terms" && column.name == "account_id" ? "account_key" : column.name
    }
}

extension StoredTable.Column {
    /// The value of this column in a row.
    ///
    /// - Throws: When it is not what the schema promises.
    func value(in row: Row, at place: Int32) throws(SQLiteError) -> StoredValue {
        guard !isOptional || !row.isNull(place) else { return .null }
        return switch kind {
        case .boolean: .boolean(try row.integer(place) != 0)
        case .integer: .integer(try row.integer(place))
        case .text: .text(try row.text(place))
        case .bytes: .bytes(try row.blob(place))
        case .id: .id(try row.id(place))
        }
    }
}

extension SQLValue {
    /// A value as SQLite stores it.
    init(_ value: StoredValue) {
        self =
            switch value {
            case .null: .null
            case .boolean(let flag): .integer(flag ? 1 : 0)
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .bytes(let bytes): .blob(bytes)
            case .id(let id): .id(id)
            }
    }
}

extension Database {
    /// Reads all rows of a table, some at one time.
    ///
    /// - Throws: `SQLiteError`, and what `body` throws.
    func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        var rows: [[StoredValue]] = []
        try forEach(table.selection) { row in
            var values: [StoredValue] = []
            values.reserveCapacity(table.columns.count)
            for (place, column) in table.columns.enumerated() {
                values.append(
                    try column.value(in: row, at: Int32(truncatingIfNeeded: place)))
            }
            rows.append(values)
            guard rows.count == StoreCopy.batch else { return }
            try body(rows)
            rows.removeAll(keepingCapacity: true)
        }
        if !rows.isEmpty { try body(rows) }
    }
}
