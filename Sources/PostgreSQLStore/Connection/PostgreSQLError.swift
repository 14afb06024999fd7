/// Why the database was not asked, or what it refused.
///
/// Never holds a bound value or a password.
struct PostgreSQLError: Error, Equatable {
    /// What went wrong, as far as it decides what happens next.
    enum Kind: Equatable {
        /// libpq is not installed.
        case libraryMissing
        /// No connection could be made.
        case unreachable
        /// All connections were in use until the deadline.
        case poolExhausted
        /// The store is closed.
        case closed
        /// The connection was lost; what was sent last may or may not have been done.
        case connectionLost
        /// The deadline has passed; the connection is not used again.
        case timedOut
        /// The server refused a statement.
        case refused(SQLState)
        /// A value in the database is not what the schema promises.
        case unreadable
        /// A commit was sent, and whether it happened, or lasts, is not known.
        case outcomeUnknown
    }

    /// What went wrong.
    let kind: Kind
    /// What happened, for the log.
    let message: String
    /// The constraint that refused a row, if one did.
    var constraint: String?

    /// The server's code, if it refused a statement.
    var state: SQLState? {
        if case .refused(let state) = kind { state } else { nil }
    }

    /// Whether a unique index or a key refused a row.
    var isUniqueViolation: Bool { state == .uniqueViolation }

    /// Whether the same transaction may succeed at once, since nothing of it was done.
    ///
    /// A lost connection counts, unless COMMIT had been sent.
    var isWorthRetry: Bool {
        switch kind {
        case .connectionLost: true
        case .refused(let state): state.isConflict || state.isOfConnection
        default: false
        }
    }

    /// Whether the connection must not be used again.
    var requiresReconnect: Bool {
        switch kind {
        case .connectionLost, .timedOut, .unreachable, .libraryMissing: true
        case .refused(let state): state.isOfConnection || state.isServerFault
        case .unreadable, .poolExhausted, .closed, .outcomeUnknown: false
        }
    }

    /// libpq cannot be loaded.
    static func libraryMissing(_ message: String) -> PostgreSQLError {
        PostgreSQLError(kind: .libraryMissing, message: message)
    }

    /// A value in the database is not what the schema promises.
    ///
    /// - Parameter what: Names the place, not the value.
    /// - Returns: The error.
    static func unreadable(_ what: String) -> PostgreSQLError {
        PostgreSQLError(kind: .unreadable, message: "unreadable \(what)")
    }
}

extension PostgreSQLError: CustomStringConvertible {
    /// The code, if the server sent one, and what happened.
    var description: String {
        guard let state else { return message }
        return "SQLSTATE \(state): \(message)" + (constraint.map { " (\($0))" } ?? "")
    }
}
