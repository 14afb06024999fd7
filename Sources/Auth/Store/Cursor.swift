public import Crypto

/// A position in a list.
///
/// It refers to no row, so it stays valid when the item it was made from is gone.
public struct Cursor: Sendable, Equatable {
    /// The order of the list.
    public let sort: AccountSort
    /// What the last item before it is sorted by.
    public let key: Key
    /// The id of that item: several may have the same key.
    public let id: UUID

    /// What items are sorted by.
    public enum Key: Sendable, Equatable {
        /// When they were created.
        case createdAt(Timestamp)
        /// `Account.foldedName`.
        case foldedName(String)
    }

    /// The position right after an item of a list by age.
    public init(createdAt: Timestamp, id: UUID, _ sort: AccountSort = .newest) {
        self.sort = sort
        key = .createdAt(createdAt)
        self.id = id
    }

    /// The position right after an account of a list by name.
    public init(foldedName: String, id: UUID, _ sort: AccountSort) {
        self.sort = sort
        key = .foldedName(foldedName)
        self.id = id
    }
}

extension Cursor {
    /// The most octets of a folded name: 100 scalars, each folded to at most three of four octets.
    private static let maximumNameOctets = 1_200

    /// Base64url of the key and the id, behind the mark of the order: opaque to clients, which send it
    /// back.
    public var text: String {
        switch key {
        case .createdAt(let time):
            let time = UInt64(bitPattern: time.milliseconds)
            let octets = stride(from: 56, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: time >> $0)
            }
            return sort.mark + Base64URL.encode(octets + id.octets)
        case .foldedName(let name):
            return sort.mark + Base64URL.encode(id.octets + name.utf8)
        }
    }

    /// Parses what `text` produced for this order; nil for anything else.
    public init?(_ text: String, of sort: AccountSort = .newest) {
        guard text.utf8.starts(with: sort.mark.utf8),
            let octets = Base64URL.decode(text.utf8.dropFirst(sort.mark.utf8.count))
        else { return nil }
        switch sort {
        case .newest, .oldest:
            guard octets.count == 24, let id = UUID(octets: octets[8...]) else { return nil }
            let time = octets[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            self.init(createdAt: Timestamp(milliseconds: Int64(bitPattern: time)), id: id, sort)
        case .name, .nameDescending:
            guard (16...16 + Self.maximumNameOctets).contains(octets.count),
                let id = UUID(octets: octets[..<16]),
                let name = String(validating: octets[16...], as: UTF8.self),
                // No name has one, and PostgreSQL has no text with one.
                !name.utf8.contains(0)
            else { return nil }
            self.init(foldedName: name, id: id, sort)
        }
    }
}

extension AccountSort {
    /// What the text of a cursor begins with: no cursor of one order is one of another.
    fileprivate var mark: String {
        switch self {
        case .newest: ""
        case .oldest: "o."
        case .name: "n."
        case .nameDescending: "d."
        }
    }
}
