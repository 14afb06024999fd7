/// A table in the SQLite database of another program, which is only read.
///
/// Confined to one thread.
public final class ForeignTable {
    private static let pageCount: Int64 = 100

    private let database: Database
    private let path: String
    private let query: String
    private let names: [String]
    private var page: ArraySlice<[String?]> = []
    private var lastRow: Int64 = .min

    /// Opens a database.
    ///
    /// - Parameters:
    ///   - name: The table, which is not one without rowids.
    ///   - columns: The columns that are read; those that it lacks are nil in every row.
    ///   - path: The file.
    /// - Throws: `io` when the file cannot be read, is no database or a damaged one, or has no such table.
    public init(
        _ name: String, columns: [String], in path: String
    ) throws(StorageError) {
        self.path = path
        do throws(SQLiteError) {
            let database = try Database(path: path, for: .inspecting)
            let found = try database.rows(
                "SELECT name FROM pragma_table_info(?)", .text(name)
            ) { (row) throws(SQLiteError) in try row.text(0) }
            guard !found.isEmpty else { throw .unreadable("the table \(name), which is not there") }
            // Pages that refer to each other give rows for ever.
            let finding = try database.first("PRAGMA quick_check(\"\(name)\")") {
                (row) throws(SQLiteError) in try row.text(0)
            }
            guard finding == "ok" else { throw .unreadable("table \(name), which is damaged") }
            self.database = database
            names = columns.filter(found.contains)
            let values = names.map { "CAST(\"\($0)\" AS TEXT)" }.joined(separator: ", ")
            query =
                "SELECT rowid\(names.isEmpty ? "" : ", ")\(values) FROM \"\(name)\""
                + " WHERE rowid > ? ORDER BY rowid LIMIT \(Self.pageCount)"
        } catch {
            throw .io(path: path, detail: "\(error)")
        }
    }

    /// The next row in the order of insertion, its values by column as text, without nulls; nil at the end.
    ///
    /// - Throws: `io`.
    public func next() throws(StorageError) -> [String: String]? {
        if page.isEmpty { try readPage() }
        guard let row = page.popFirst() else { return nil }
        var values: [String: String] = [:]
        for (name, value) in zip(names, row) { values[name] = value }
        return values
    }

    private func readPage() throws(StorageError) {
        let count = Int32(names.count)
        do throws(SQLiteError) {
            let rows = try database.rows(query, .integer(lastRow)) { (row) throws(SQLiteError) in
                (
                    try row.integer(0),
                    try (0..<count).map { column throws(SQLiteError) in
                        try row.optional(column + 1) { (row) throws(SQLiteError) in
                            try row.text(column + 1)
                        }
                    }
                )
            }
            lastRow = rows.last?.0 ?? lastRow
            page = rows.map(\.1)[...]
        } catch {
            throw .io(path: path, detail: "\(error)")
        }
    }
}
