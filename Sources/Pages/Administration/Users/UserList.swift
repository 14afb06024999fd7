import Auth
import Bytes
import HTTP
import Web

/// Which accounts the list of users shows: all of it is in the address of the page.
struct UserList {
    var query: AccountQuery
    /// The position of the page; nil for the first.
    var cursor: Cursor?

    /// The accounts of one page.
    private static let pageSize = 50

    /// The list in the query of a request.
    ///
    /// - Throws: `invalidInput`.
    init(_ request: Request) throws(RequestError) {
        query = try AccountQuery(query: request.query)
        cursor = try PageRequest(query: request.query, of: query.sort).after
    }

    /// The first page of some accounts.
    init(_ query: AccountQuery = AccountQuery()) { self.query = query }

    var page: PageRequest { PageRequest(limit: Self.pageSize, after: cursor) }

    /// The parameters of its filters, in their order; nil for one that is left out.
    private var parameters: [(name: String, value: String?)] {
        [
            ("query", query.text), ("status", query.status?.rawValue),
            ("role", query.role?.rawValue),
            ("emailVerified", query.emailVerified.map { $0 ? "true" : "false" }),
            ("sort", query.sort == .newest ? nil : query.sort.rawValue),
        ]
    }

    /// Its first page.
    var address: String {
        let query = parameters.compactMap { name, value in
            value.map { "\(name)=\(PercentEncoding.encoded($0.utf8))" }
        }
        return Pages.Path.adminUsers
            + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
    }

    /// The first page of a list that differs in some things.
    func with(_ change: (inout AccountQuery) -> Void) -> UserList {
        var list = UserList(query)
        change(&list.query)
        return list
    }

    /// What a search keeps, as fields of its form.
    var kept: [(name: String, value: String?)] { parameters.filter { $0.name != "query" } }

    /// The link of a column that sorts the list: in this order, or backwards where it is in this order.
    func sortLink(_ ascending: AccountSort, _ descending: AccountSort) -> SortLink {
        let isAscending = query.sort == ascending
        let target = with { $0.sort = isAscending ? descending : ascending }
        return SortLink(
            target.address,
            isAscending ? .ascending : query.sort == descending ? .descending : nil)
    }
}
