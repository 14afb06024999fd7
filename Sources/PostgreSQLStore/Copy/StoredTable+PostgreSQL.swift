import Crypto
import StoreSupport

/// How the rows of a table that moves lie in PostgreSQL.
extension StoredTable {
    /// Tables whose rows have an id here alone.
    private static let withAssignedIDs: Set = [
        "audit_checkpoints", "notes", "recipient_mails", "unlocks",
    ]

    /// Tells cursors apart, and so the statements that read from them.
    var cursor: String { "copied_\(name)" }

    /// Opens the cursor of all rows, in order.
    var declaration: String {
        let names = columns.map(\.name).joined(separator: ", ")
        return
            "DECLARE \(cursor) NO SCROLL CURSOR FOR SELECT \(names) FROM \(name) ORDER BY \(sorting)"
    }

    private var sorting: String {
        switch order {
        case .insertion:
            // As everything that is listed in this order.
            return "key, \(name == "challenges" ? "hash" : "id")"
        case .columns(let names):
            let texts = Set(columns.filter { $0.kind == .text }.map(\.name))
            return names.map { texts.contains($0) ? "\($0) COLLATE \"C\"" : $0 }
                .joined(separator: ", ")
        }
    }

    /// Adds rows.
    ///
    /// The times at which rows came are their places here: what a daemon inserts comes after them.
    /// - Parameters:
    ///   - rows: Values in the order of the columns.
    ///   - count: How many rows the table has already.
    /// - Returns: The statement.
    func insertion(of rows: [[StoredValue]], after count: Int) -> Query {
        var (targets, values, parameters) = ([String](), [String](), [SQLValue]())
        for (place, column) in columns.enumerated() {
            targets.append(column.name)
            values.append("given.\(column.name)")
            parameters.append(.array(column.type, rows.map { SQLValue($0[place]) }))
        }
        var sources = columns.map(\.name)
        if Self.withAssignedIDs.contains(name) {
            targets.append("id")
            values.append("given.id")
            sources.append("id")
            parameters.append(.uuids(rows.map { _ in UUID.random() }))
        }
        let arrays = parameters.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        if order == .insertion {
            targets.append("key")
            values.append("$\(parameters.count + 1) + given.place")
            parameters.append(.integer(Int64(count)))
        }
        if name == "failed_logins" {
            targets.append("updated_at")
            values.append(FailedLoginRows.time)
        }
        return Query(
            """
            INSERT INTO \(name) (\(targets.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", "))
            FROM unnest(\(arrays)) WITH ORDINALITY AS given (\(sources.joined(separator: ", ")), place)
            """, parameters)
    }
}

extension StoredTable.Column {
    /// The array that is sent for many rows.
    var type: ArrayType {
        switch kind {
        case .boolean: .booleans
        case .integer: .integers
        case .text: .texts
        case .bytes: .byteArrays
        case .id: .uuids
        }
    }

    /// The value of this column in a row.
    ///
    /// - Throws: When it is not what the schema promises.
    func value(in row: Row, at place: Int32) throws(PostgreSQLError) -> StoredValue {
        guard !isOptional || !row.isNull(place) else { return .null }
        return switch kind {
        case .boolean: .boolean(try row.boolean(place))
        case .integer: .integer(try row.integer(place))
        case .text: .text(try row.text(place))
        case .bytes: .bytes(try row.bytes(place))
        case .id: .id(try row.uuid(place))
        }
    }
}

extension SQLValue {
    /// A value as PostgreSQL stores it.
    init(_ value: StoredValue) {
        self =
            switch value {
            case .null: .null
            case .boolean(let flag): .boolean(flag)
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .bytes(let bytes): .bytes(bytes)
            case .id(let id): .uuid(id)
            }
    }
}
