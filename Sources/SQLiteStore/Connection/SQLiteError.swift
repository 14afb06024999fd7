import Auth
import CSQLite

/// Why SQLite refused, or what it answered that cannot be read.
///
/// Never holds a bound value.
struct SQLiteError: Error, Equatable {
    /// The extended result code.
    let code: Int32
    /// What SQLite says about it.
    let message: String

    /// An error from its parts.
    init(code: Int32, message: String) {
        self.code = code
        self.message = message
    }

    /// A value in the database is not what the schema promises.
    ///
    /// - Parameter what: Names the place, not the value.
    /// - Returns: The error, as a mismatch of types.
    static func unreadable(_ what: String) -> SQLiteError {
        SQLiteError(code: SQLITE_MISMATCH, message: "unreadable \(what)")
    }

    /// Setup has moved the server to another database since this one was opened.
    static let left = SQLiteError(
        code: SQLITE_ABORT, message: "setup has moved to another database; run it again")

    /// The result code without its extension.
    var primaryCode: Int32 { code & 0xFF }

    /// Whether a unique index or a key refused a row.
    var isUniqueViolation: Bool {
        let unique = SQLITE_CONSTRAINT | 8 << 8
        let primaryKey = SQLITE_CONSTRAINT | 6 << 8
        return code == unique || code == primaryKey
    }

    /// Whether the connection has to be opened again before it is used again.
    var requiresReconnect: Bool {
        switch primaryCode {
        case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY,
            SQLITE_PROTOCOL, SQLITE_NOMEM, SQLITE_MISUSE, SQLITE_INTERNAL, SQLITE_PERM:
            true
        default: false
        }
    }

    /// Whether the file itself is wrong, and will be at every further try.
    var isDamage: Bool {
        [SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_MISMATCH].contains(primaryCode)
    }

    /// What the domain is told: a fault on our side, with the name of the code for the log.
    var unavailable: AuthError {
        .unavailable(
            reason,
            detail: isDamage
                ? "\(description): stop the server and run `lunauth restore FILE` with a backup"
                : description)
    }

    /// What an operator can do something about.
    private var reason: Reason {
        if self == Self.left { return .databaseMoved }
        return switch primaryCode {
        case SQLITE_BUSY, SQLITE_LOCKED: .databaseLocked
        case SQLITE_FULL: .diskFull
        case SQLITE_IOERR: .diskFault
        case SQLITE_READONLY, SQLITE_PERM: .readOnly
        case _ where isDamage: .databaseCorrupt
        default: .databaseFault
        }
    }
}

extension SQLiteError: CustomStringConvertible {
    /// The name of the extended code and SQLite's message.
    var description: String { "\(ResultCode.name(code)): \(message)" }
}

/// Runs a statement on behalf of the domain.
///
/// - Parameter body: What is run.
/// - Returns: What it returns.
/// - Throws: `unavailable` for every fault of SQLite.
func reportingFaults<Value>(
    _ body: @autoclosure () throws(SQLiteError) -> Value
) throws(AuthError) -> Value {
    do {
        return try body()
    } catch {
        throw error.unavailable
    }
}
