import Auth

extension ListPrinter {
    /// Prints all pages of a list.
    ///
    /// - Parameters:
    ///   - listing: How its items look.
    ///   - options: How it is wanted.
    ///   - page: Reads a page; nil where there is no such list.
    /// - Returns: Whether there is such a list.
    /// - Throws: What `page` throws; `OutputError`.
    static func printAll(
        _ listing: Listing<Item>, _ options: ListOptions,
        page: (PageRequest) throws -> Page<Item>?
    ) throws -> Bool {
        var printer = ListPrinter(listing, options)
        var request: PageRequest? = PageRequest(limit: 100)
        while let present = request {
            guard let page = try page(present) else { return false }
            try printer.add(page.items)
            request = page.next.map { PageRequest(limit: 100, after: $0) }
        }
        try printer.end()
        return true
    }
}
