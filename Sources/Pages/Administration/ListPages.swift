import Auth

extension PageContext {
    /// The way through a list that is read page by page: on, and back to its beginning.
    ///
    /// - Parameters:
    ///   - next: Where the next page begins; nil at the end.
    ///   - isFirst: Whether this is the first page.
    ///   - address: The list, with its filters.
    ///   - summary: What this page has.
    /// - Returns: The navigation; nil where there is one page.
    func listNavigation(
        _ next: Cursor?, isFirst: Bool, at address: String, _ summary: String = ""
    ) -> HTML? {
        guard next != nil || !isFirst else { return nil }
        let separator = address.contains("?") ? "&" : "?"
        return pagination(
            texts.listPages, summary, first: isFirst ? nil : Link(texts.firstPage, address),
            next: next.map {
                Link(texts.nextListPage, "\(address)\(separator)cursor=\($0.text)")
            })
    }
}
