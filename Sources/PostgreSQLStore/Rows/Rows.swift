import Auth
import Crypto

/// How the domain's values lie in rows. What cannot be read back is a fault, never a default.

extension SQLValue {
    /// An identifier.
    static func id(_ id: UUID) -> SQLValue { .uuid(id) }

    /// A digest, as its 32 bytes.
    static func digest(_ digest: Digest) -> SQLValue { .bytes(digest.bytes) }

    /// A time, in milliseconds.
    static func time(_ time: Timestamp) -> SQLValue { .integer(time.milliseconds) }

    /// An address.
    static func email(_ email: Email) -> SQLValue { .text(email.address) }

    /// Text that another program wrote, such as the reply of a relay: `text` has every character but NUL, which
    /// is replaced.
    static func foreignText(_ text: String) -> SQLValue {
        .text(
            String(
                String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })))
    }

    /// The name of a case.
    static func choice(_ choice: some RawRepresentable<String>) -> SQLValue {
        .text(choice.rawValue)
    }

    /// How many rows a query is to return at most; none for a negative number.
    static func limit(_ count: Int) -> SQLValue { .integer(Int64(max(0, count))) }
}

extension Row {
    /// The identifier in a column.
    func id(_ column: Int32) throws(PostgreSQLError) -> UUID { try uuid(column) }

    /// The digest in a column.
    func digest(_ column: Int32) throws(PostgreSQLError) -> Digest {
        try expect(Digest(bytes: bytes(column)), in: column)
    }

    /// The address in a column.
    func email(_ column: Int32) throws(PostgreSQLError) -> Email {
        try expect(Email.existing(text(column)), in: column)
    }

    /// The time in a column.
    func time(_ column: Int32) throws(PostgreSQLError) -> Timestamp {
        Timestamp(milliseconds: try integer(column))
    }

    /// The case that a column names.
    func choice<Choice: RawRepresentable<String>>(
        _ column: Int32
    ) throws(PostgreSQLError) -> Choice {
        try expect(Choice(rawValue: text(column)), in: column)
    }

    /// What is read from a column; nil where it holds NULL.
    func optional<Value>(
        _ column: Int32, _ read: (Int32) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value? {
        isNull(column) ? nil : try read(column)
    }

    /// A value that was made of a column.
    ///
    /// - Throws: `unreadable` for nil.
    func expect<Value>(
        _ value: Value?, in column: Int32
    ) throws(PostgreSQLError) -> Value {
        guard let value else { throw .unreadable("column \(name(column))") }
        return value
    }
}

extension UUID {
    /// What every identifier comes after: rows have random ones.
    static let least = UUID(high: 0, low: 0)
}
