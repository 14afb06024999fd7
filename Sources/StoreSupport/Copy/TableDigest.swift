public import Crypto

/// The number and the SHA-256 of the rows of a table, in their order.
///
/// Each value is hashed with its kind and its length, so that no two tables that differ have the same octets.
public struct TableDigest: ~Copyable {
    private var stream = SHA256Stream()
    private var rows = 0

    /// The digest of no row.
    public init() {}

    /// Adds rows behind those before.
    public mutating func add(_ rows: [[StoredValue]]) {
        self.rows += rows.count
        var octets: [UInt8] = []
        for row in rows {
            for value in row { octets.append(value) }
        }
        stream.add(octets)
    }

    /// What it is so far.
    public var summary: TableSummary { TableSummary(rows: rows, digest: stream.digest()) }
}

/// The number and the SHA-256 of the rows of a table.
public struct TableSummary: Sendable, Equatable {
    /// How many rows there are.
    public let rows: Int
    /// Their SHA-256.
    public let digest: Digest
}

extension [UInt8] {
    fileprivate mutating func append(_ value: StoredValue) {
        switch value {
        case .null: append(kind: 0)
        case .boolean(let flag): append(kind: 1, flag ? 1 : 0)
        case .integer(let number): append(kind: 2, number)
        case .text(let text):
            append(kind: 3, Int64(text.utf8.count))
            append(contentsOf: text.utf8)
        case .bytes(let bytes):
            append(kind: 4, Int64(bytes.count))
            append(contentsOf: bytes)
        case .id(let id):
            append(kind: 5)
            append(contentsOf: id.octets)
        }
    }

    /// Appends what kind of value follows, and its length or its number.
    private mutating func append(kind: UInt8, _ number: Int64 = 0) {
        append(contentsOf: CollectionOfOne(kind))
        append(
            contentsOf: stride(from: Int64(56), through: 0, by: -8).lazy.map {
                UInt8(truncatingIfNeeded: number >> $0)
            })
    }
}
