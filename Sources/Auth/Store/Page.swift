/// One page of a list.
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
