public import Crypto

/// A value of a row, whatever kind of database has it.
public enum StoredValue: Sendable, Equatable {
    /// NULL.
    case null
    /// True or false, which SQLite stores as 1 or 0.
    case boolean(Bool)
    /// A signed 64-bit integer; times are milliseconds since 1970.
    case integer(Int64)
    /// UTF-8 text.
    case text(String)
    /// Octets.
    case bytes([UInt8])
    /// An identifier, which SQLite stores as its 16 octets.
    case id(UUID)
}

/// The kinds of values that a column may have besides NULL.
public enum StoredKind: Sendable, Equatable {
    case boolean, integer, text, bytes, id
}
