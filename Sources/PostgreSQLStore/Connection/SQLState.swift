/// A code of five characters that says why the server refused a statement (PostgreSQL 15 manual,
/// appendix A).
struct SQLState: Equatable, Hashable {
    /// Five upper-case letters and digits; the first two name the class.
    let code: String

    /// A code as the server sent it.
    init(_ code: String) {
        self.code = code
    }

    /// A unique index or a primary key has the value already.
    static let uniqueViolation = SQLState("23505")
    /// The transaction conflicts with one that ran at the same time.
    static let serializationFailure = SQLState("40001")
    /// Two transactions waited for each other.
    static let deadlock = SQLState("40P01")
    /// A statement was cancelled, by its timeout or by an operator.
    static let cancelled = SQLState("57014")
    /// The disk of the server is full.
    static let diskFull = SQLState("53100")
    /// The transaction only reads: a replica, or a server that an operator switched so.
    static let readOnly = SQLState("25006")
    /// A lock was not to be had within the time for it.
    static let lockNotAvailable = SQLState("55P03")
    /// The disk of the server fails.
    static let ioError = SQLState("58030")
    /// A page of the database is damaged.
    static let dataCorrupted = SQLState("XX001")
    /// An index of the database is damaged.
    static let indexCorrupted = SQLState("XX002")

    /// The class, as `08` for connections.
    var category: Substring { code.prefix(2) }

    /// Whether the transaction was rolled back for the sake of others and may be tried again.
    var isConflict: Bool { self == .serializationFailure || self == .deadlock }

    /// Whether another connection may do what this one could not.
    ///
    /// 25006 is a primary that became a replica; 26000 and 0A000 are a prepared statement that is gone or
    /// stale.
    var isOfConnection: Bool { self == .readOnly || code == "26000" || code == "0A000" }

    /// Whether the fault is the server's own: of the system, its configuration files, or an internal error.
    var isServerFault: Bool { ["58", "F0", "XX"].contains(category) }

    /// Whether the server's message may quote a value: class 22 is about data.
    var mayQuoteValues: Bool { category == "22" }
}

extension SQLState: CustomStringConvertible {
    /// The five characters.
    var description: String { code }
}
