extension Connection {
    /// Runs a statement for its effect.
    ///
    /// - Parameters:
    ///   - sql: Its text, always the same for the same statement: it is prepared once.
    ///   - values: For `$1` and so on.
    /// - Returns: How many rows it changed.
    /// - Throws: What the server said; `connectionLost`, `timedOut`.
    @discardableResult
    func execute(_ sql: String, _ values: SQLValue...) throws(PostgreSQLError) -> Int {
        try execute(sql, with: values)
    }

    /// Runs a statement for its effect.
    ///
    /// - Returns: How many rows it changed.
    /// - Throws: What the server said; `connectionLost`, `timedOut`.
    @discardableResult
    func execute(_ sql: String, with values: [SQLValue]) throws(PostgreSQLError) -> Int {
        try result(of: Query(sql, values)).changedRows
    }

    /// Runs several statements for their effect, in one round trip.
    ///
    /// - Returns: How many rows each of them changed.
    /// - Throws: The first error, which leaves nothing after it done.
    @discardableResult
    func execute(_ queries: [Query]) throws(PostgreSQLError) -> [Int] {
        try exchange(queries).map(\.changedRows)
    }

    /// All rows of a query.
    ///
    /// - Throws: What the server said, and what `read` throws.
    func rows<Value>(
        _ sql: String, _ values: SQLValue..., read: (Row) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> [Value] {
        try rows(sql, with: values, read: read)
    }

    /// All rows of a query.
    ///
    /// - Throws: What the server said, and what `read` throws.
    func rows<Value>(
        _ sql: String, with values: [SQLValue], read: (Row) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> [Value] {
        try result(of: Query(sql, values)).map(read)
    }

    /// The first row of a query, which is to say LIMIT 1 where there may be more; nil when there is none.
    ///
    /// - Throws: What the server said, and what `read` throws.
    func first<Value>(
        _ sql: String, _ values: SQLValue..., read: (Row) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value? {
        let result = try result(of: Query(sql, values))
        return result.count == 0 ? nil : try read(Row(of: result, at: 0))
    }

    /// The integer that a query of one row and one column gives.
    ///
    /// - Throws: What the server said; when there is no row.
    func integer(_ sql: String, _ values: SQLValue...) throws(PostgreSQLError) -> Int64 {
        let result = try result(of: Query(sql, values))
        guard result.count > 0 else { throw .unreadable("answer to \(sql)") }
        return try Row(of: result, at: 0).integer(0)
    }

    /// Whether a query gives a row.
    ///
    /// - Throws: What the server said.
    func exists(_ sql: String, _ values: SQLValue...) throws(PostgreSQLError) -> Bool {
        try result(of: Query(sql, values)).count > 0
    }

    private func result(of query: Query) throws(PostgreSQLError) -> ResultSet {
        guard let result = try exchange([query]).first else {
            throw .unreadable("answer to \(query.sql)")
        }
        return result
    }
}
