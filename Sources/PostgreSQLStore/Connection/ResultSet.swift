import CPostgreSQL
import Crypto

/// The result of one statement, in memory as a whole; freed with the value.
///
/// Confined to the thread that has the connection.
@safe final class ResultSet {
    private let library: cpostgresql_functions
    private let handle: OpaquePointer

    /// Takes over a result.
    init(owning handle: OpaquePointer, of library: cpostgresql_functions) {
        self.library = library
        unsafe self.handle = handle
    }

    deinit {
        unsafe library.PQclear(handle)
    }

    /// What became of the statement.
    var status: ExecStatusType { unsafe library.PQresultStatus(handle) }

    /// How many rows it returned.
    var count: Int { Int(unsafe library.PQntuples(handle)) }

    /// How many rows an INSERT, UPDATE or DELETE changed; how many a SELECT returned.
    var changedRows: Int {
        guard let digits = unsafe library.PQcmdTuples(handle) else { return 0 }
        return Int(unsafe String(cString: digits)) ?? 0
    }

    /// The tag of the command that was done, as `COMMIT` or `INSERT 0 1`.
    var command: String {
        unsafe library.PQcmdStatus(handle).map { unsafe String(cString: $0) } ?? ""
    }

    /// What the server said against the statement; a session that it ended is a lost connection.
    var error: PostgreSQLError {
        guard let code = field("C") else {
            return PostgreSQLError(kind: .connectionLost, message: "the connection was lost")
        }
        let state = SQLState(code)
        let message = state.mayQuoteValues ? "a value was refused" : field("M") ?? "no message"
        guard field("V") == "ERROR" else {
            return PostgreSQLError(kind: .connectionLost, message: "SQLSTATE \(state): \(message)")
        }
        return PostgreSQLError(kind: .refused(state), message: message, constraint: field("n"))
    }

    /// Reads all rows.
    ///
    /// - Parameter read: Makes a value of each row, which is gone afterwards.
    /// - Returns: What `read` made.
    /// - Throws: What `read` throws.
    func map<Value>(
        _ read: (Row) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            values.append(try read(Row(of: self, at: Int32(truncatingIfNeeded: index))))
        }
        return values
    }

    /// A field of an error (`PG_DIAG_…`), by its letter in the protocol.
    private func field(_ letter: Unicode.Scalar) -> String? {
        guard let text = unsafe library.PQresultErrorField(handle, Int32(letter.value)) else {
            return nil
        }
        return unsafe String(cString: text)
    }

    /// The type of a column.
    fileprivate func type(of column: Int32) -> Oid { unsafe library.PQftype(handle, column) }

    /// The name of a column, for messages.
    fileprivate func name(of column: Int32) -> String {
        guard let name = unsafe library.PQfname(handle, column) else { return "\(column)" }
        return unsafe String(cString: name)
    }

    /// Whether a column holds NULL; also beyond the last column.
    fileprivate func isNull(_ column: Int32, in row: Int32) -> Bool {
        unsafe library.PQgetisnull(handle, row, column) != 0
    }

    /// Lends the octets of a value.
    fileprivate func withOctets<Value>(
        of column: Int32, in row: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value {
        let address = unsafe library.PQgetvalue(handle, row, column)
        let count = Int(unsafe library.PQgetlength(handle, row, column))
        let bytes = unsafe UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : count)
        return unsafe body(bytes.assumingMemoryBound(to: UInt8.self))
    }
}

/// One row of a result.
///
/// Every access names what it expects; anything else is an error, never a trap. Columns count from 0.
struct Row {
    private let result: ResultSet
    private let index: Int32

    /// The row of this number.
    init(of result: ResultSet, at index: Int32) {
        self.result = result
        self.index = index
    }

    /// The name of a column, for messages.
    func name(_ column: Int32) -> String { result.name(of: column) }

    /// Whether a column holds NULL.
    func isNull(_ column: Int32) -> Bool { result.isNull(column, in: index) }

    /// The `bigint`, `integer` or `smallint` in a column.
    func integer(_ column: Int32) throws(PostgreSQLError) -> Int64 {
        try expect([TypeID.bigint, TypeID.integer, TypeID.smallint], in: column)
        return unsafe result.withOctets(of: column, in: index) { octets in
            let isNegative = unsafe (octets.first ?? 0) >= 0x80
            return unsafe octets.reduce(isNegative ? -1 : 0) { $0 << 8 | Int64($1) }
        }
    }

    /// The `boolean` in a column.
    func boolean(_ column: Int32) throws(PostgreSQLError) -> Bool {
        try expect([TypeID.boolean], in: column)
        return unsafe result.withOctets(of: column, in: index) { unsafe $0.first == 1 }
    }

    /// The `text` in a column.
    func text(_ column: Int32) throws(PostgreSQLError) -> String {
        try expect([TypeID.text, TypeID.varchar, TypeID.name], in: column)
        let text = unsafe result.withOctets(of: column, in: index) {
            unsafe String(validating: $0, as: UTF8.self)
        }
        guard let text else { throw .unreadable("text in column \(name(column))") }
        return text
    }

    /// The `bytea` in a column.
    func bytes(_ column: Int32) throws(PostgreSQLError) -> [UInt8] {
        try expect([TypeID.bytes], in: column)
        return unsafe result.withOctets(of: column, in: index) { unsafe Array($0) }
    }

    /// The `uuid` in a column.
    func uuid(_ column: Int32) throws(PostgreSQLError) -> UUID {
        try expect([TypeID.uuid], in: column)
        let id = unsafe result.withOctets(of: column, in: index) { unsafe UUID(octets: $0) }
        guard let id else { throw .unreadable("uuid in column \(name(column))") }
        return id
    }

    private func expect(_ types: [UInt32], in column: Int32) throws(PostgreSQLError) {
        guard types.contains(result.type(of: column)), !isNull(column) else {
            throw .unreadable("column \(name(column))")
        }
    }
}

extension Row {
    /// The integer in a column; nil for NULL.
    func optionalInteger(_ column: Int32) throws(PostgreSQLError) -> Int64? {
        isNull(column) ? nil : try integer(column)
    }

    /// The text in a column; nil for NULL.
    func optionalText(_ column: Int32) throws(PostgreSQLError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    /// The octets in a column; nil for NULL.
    func optionalBytes(_ column: Int32) throws(PostgreSQLError) -> [UInt8]? {
        isNull(column) ? nil : try bytes(column)
    }

    /// The UUID in a column; nil for NULL.
    func optionalUUID(_ column: Int32) throws(PostgreSQLError) -> UUID? {
        isNull(column) ? nil : try uuid(column)
    }
}
