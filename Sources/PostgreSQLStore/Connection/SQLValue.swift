import Crypto

/// A value bound to a parameter of a statement; always sent in binary form.
enum SQLValue: Sendable {
    /// NULL, of the type that its place in the statement has.
    case null
    /// `boolean`.
    case boolean(Bool)
    /// `bigint`.
    case integer(Int64)
    /// `text`.
    case text(String)
    /// `bytea`.
    case bytes([UInt8])
    /// `uuid`.
    case uuid(UUID)
    /// `bigint[]`, for `= ANY($1)` and `unnest($1)`.
    case integers([Int64])
    /// `text[]`, for `= ANY($1)` and `unnest($1)`.
    case texts([String])
    /// `bytea[]`, for `= ANY($1)` and `unnest($1)`.
    case byteArrays([[UInt8]])
    /// `uuid[]`, for `= ANY($1)` and `unnest($1)`.
    case uuids([UUID])
    /// An array of values of one type, of which some may be `null`, for `unnest($1)`.
    case array(ArrayType, [SQLValue])
}

/// The types of arrays that may contain NULL.
enum ArrayType: UInt32, Sendable {
    case booleans = 1_000
    case byteArrays = 1_001
    case texts = 1_009
    case integers = 1_016
    case uuids = 2_951

    /// The type of the elements.
    var element: UInt32 {
        switch self {
        case .booleans: TypeID.boolean
        case .byteArrays: TypeID.bytes
        case .texts: TypeID.text
        case .integers: TypeID.bigint
        case .uuids: TypeID.uuid
        }
    }
}

extension SQLValue {
    /// NULL for nil.
    static func optional<Value>(_ value: Value?, _ bound: (Value) -> SQLValue) -> SQLValue {
        value.map(bound) ?? .null
    }
}

/// The types of values, by the numbers they have in every PostgreSQL server (`pg_type.dat`).
enum TypeID {
    static let boolean: UInt32 = 16
    static let bytes: UInt32 = 17
    static let bigint: UInt32 = 20
    static let smallint: UInt32 = 21
    static let integer: UInt32 = 23
    static let text: UInt32 = 25
    static let name: UInt32 = 19
    static let varchar: UInt32 = 1043
    static let byteArrays: UInt32 = 1001
    static let texts: UInt32 = 1009
    static let bigints: UInt32 = 1016
    static let uuid: UInt32 = 2950
    static let uuids: UInt32 = 2951
}
