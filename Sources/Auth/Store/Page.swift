public import Crypto

/// One page of a list, newest first.
public struct Page<Item: Sendable>: Sendable {
    /// The items, at most as many as were requested.
    public let items: [Item]
    /// Where the next page begins; nil at the end.
    public let next: Cursor?

    /// Creates a page from up to one row more than was requested.
    ///
    /// - Parameters:
    ///   - rows: Up to `request.limit + 1` items.
    ///   - request: The requested page.
    ///   - cursor: The position of an item.
    public init(
        _ rows: [Item], of request: PageRequest, cursor: (Item) -> Cursor
    ) {
        items = Array(rows.prefix(request.limit))
        next = rows.count > request.limit ? items.last.map(cursor) : nil
    }

    private init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }

    /// The same page with the matching items only.
    public func filter(_ isMeant: (Item) -> Bool) -> Page {
        Page(items: items.filter(isMeant), next: next)
    }

    /// The same page with its items transformed.
    public func map<Other>(_ transform: (Item) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next)
    }
}

/// Which page of a list is requested.
public struct PageRequest: Sendable, Equatable {
    /// The most items, 1 to 100.
    public let limit: Int
    /// The position after which the page begins; nil for the first page.
    public let after: Cursor?

    /// Creates a request for a page.
    public init(limit: Int = 50, after: Cursor? = nil) {
        self.limit = limit
        self.after = after
    }
}

/// A position in a list ordered by age.
///
/// It refers to no row, so it stays valid when the item it was made from is gone.
public struct Cursor: Sendable, Equatable {
    /// When the last item before it was created.
    public let createdAt: Timestamp
    /// The id of that item: several may have been created in the same millisecond.
    public let id: UUID

    /// The position right after an item.
    public init(createdAt: Timestamp, id: UUID) {
        self.createdAt = createdAt
        self.id = id
    }
}

extension Cursor {
    /// Base64url of 24 octets: opaque to clients, which send it back.
    public var text: String {
        let time = UInt64(bitPattern: createdAt.milliseconds)
        let octets = stride(from: 56, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: time >> $0)
        }
        return Base64URL.encode(octets + id.octets)
    }

    /// Parses what `text` produced; nil for anything else.
    public init?(_ text: String) {
        guard let octets = Base64URL.decode(text.utf8), octets.count == 24,
            let id = UUID(octets: octets[8...])
        else { return nil }
        let time = octets[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(createdAt: Timestamp(milliseconds: Int64(bitPattern: time)), id: id)
    }
}
