import CSQLite
import Glibc
import System

/// A value bound to a parameter of a statement.
enum SQLValue {
    /// NULL.
    case null
    /// A signed 64-bit integer.
    case integer(Int64)
    /// UTF-8 text.
    case text(String)
    /// Octets.
    case blob([UInt8])
}

/// One prepared statement.
///
/// Confined to the thread of its connection.
@safe final class Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Prepares `sql`, to be kept for as long as the connection.
    ///
    /// - Throws: What SQLite finds wrong with it.
    init(_ sql: String, on connection: OpaquePointer) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let status = unsafe sqlite3_prepare_v3(connection, sql, -1, flags, &prepared, nil)
        guard status == SQLITE_OK, let prepared = unsafe prepared else {
            throw unsafe SQLiteError(of: connection)
        }
        unsafe handle = prepared
        unsafe self.connection = connection
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    /// Runs it to its end and resets it.
    ///
    /// - Parameters:
    ///   - values: For its parameters, in order.
    ///   - limit: The most rows that are read; what is left is not even computed.
    ///   - read: Makes a value of each row; the row is gone afterwards.
    /// - Returns: What `read` made.
    /// - Throws: Any fault of SQLite, and what `read` throws. It is reset then, too.
    func run<Value>(
        _ values: [SQLValue], limit: Int = .max, _ read: (Row) throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> [Value] {
        // Parameters are cleared so that no secret stays in memory until the next use.
        defer {
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        for (position, value) in values.enumerated() {
            try bind(value, at: Int32(truncatingIfNeeded: position + 1))
        }
        var rows: [Value] = []
        while rows.count < limit {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: rows.append(try read(unsafe Row(statement: handle)))
            case SQLITE_DONE: return rows
            default: throw unsafe SQLiteError(of: connection)
            }
        }
        return rows
    }

    /// Runs a statement without parameters to its end and resets it; keeps nothing of its rows.
    ///
    /// - Parameter read: Gets each row, which is gone afterwards.
    /// - Throws: `SQLiteError`, and what `read` throws. It is reset then, too.
    func forEach(_ read: (Row) throws -> Void) throws {
        defer { unsafe sqlite3_reset(handle) }
        while true {
            switch unsafe sqlite3_step(handle) {
            case SQLITE_ROW: try read(unsafe Row(statement: handle))
            case SQLITE_DONE: return
            default: throw unsafe SQLiteError(of: connection)
            }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws(SQLiteError) {
        let status =
            switch value {
            case .null: unsafe sqlite3_bind_null(handle, index)
            case .integer(let number): unsafe sqlite3_bind_int64(handle, index, number)
            case .text(let text):
                unsafe sqlite3_bind_text64(
                    handle, index, text, UInt64(text.utf8.count), Self.transient, Self.utf8)
            case .blob(let octets) where octets.isEmpty:
                // A null address, which an empty array has, would bind NULL.
                unsafe sqlite3_bind_zeroblob(handle, index, 0)
            case .blob(let octets):
                unsafe sqlite3_bind_blob64(
                    handle, index, octets, UInt64(octets.count), Self.transient)
            }
        guard status == SQLITE_OK else { throw unsafe SQLiteError(of: connection) }
    }

    private static let utf8 = UInt8(SQLITE_UTF8)

    /// SQLITE_TRANSIENT, a macro that cannot be imported: SQLite copies the value at once.
    private static var transient: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}

/// The present row of a statement that runs.
///
/// Every access names what it expects; anything else in the file is an error, never a trap.
@safe struct Row {
    private let statement: OpaquePointer

    /// The row that `statement` stands on.
    fileprivate init(statement: OpaquePointer) {
        unsafe self.statement = statement
    }

    /// Whether a column holds NULL.
    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// The integer in a column.
    func integer(_ column: Int32) throws(SQLiteError) -> Int64 {
        try expect(SQLITE_INTEGER, in: column)
        return unsafe sqlite3_column_int64(statement, column)
    }

    /// The text in a column.
    func text(_ column: Int32) throws(SQLiteError) -> String {
        try expect(SQLITE_TEXT, in: column)
        // The address before the count: asking for the text may convert it.
        let address = unsafe sqlite3_column_text(statement, column)
        let count = Int(unsafe sqlite3_column_bytes(statement, column))
        let bytes = unsafe UnsafeBufferPointer(start: address, count: count)
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            throw .unreadable("text in column \(name(column))")
        }
        return text
    }

    /// The octets in a column.
    func blob(_ column: Int32) throws(SQLiteError) -> [UInt8] {
        try expect(SQLITE_BLOB, in: column)
        let address = unsafe sqlite3_column_blob(statement, column)
        let count = Int(unsafe sqlite3_column_bytes(statement, column))
        return unsafe Array(UnsafeRawBufferPointer(start: address, count: count))
    }

    /// The name of a column, for messages.
    func name(_ column: Int32) -> String {
        guard let name = unsafe sqlite3_column_name(statement, column) else { return "\(column)" }
        return unsafe String(cString: name)
    }

    private func expect(_ type: Int32, in column: Int32) throws(SQLiteError) {
        guard unsafe sqlite3_column_type(statement, column) == type else {
            throw .unreadable("column \(name(column))")
        }
    }
}

extension SQLiteError {
    /// What `connection` met last; where the system refused it something, with the system's reason.
    init(of connection: OpaquePointer?) {
        // Not sqlite3_system_errno: a COMMIT that fails does not set it.
        let reason = errno
        let code = unsafe sqlite3_extended_errcode(connection)
        let message = unsafe String(cString: sqlite3_errmsg(connection))
        let isOfSystem = [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF)
        self.init(
            code: code,
            message: isOfSystem && reason != 0
                ? "\(message) (\(SystemError("sqlite3", code: reason).reason))" : message)
    }
}
