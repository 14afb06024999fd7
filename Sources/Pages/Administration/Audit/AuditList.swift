import Auth
import Bytes
import Crypto
import HTTP
import Web

/// Which events the audit page shows: all of it is in the address of the page.
struct AuditList {
    let query: EventQuery
    /// The position of the page; nil for the first.
    var cursor: Cursor?

    /// The events of one page.
    private static let pageSize = 50

    /// The list in the query of a request.
    ///
    /// - Throws: `invalidInput`.
    init(_ request: Request) throws(RequestError) {
        query = try EventQuery(query: request.query)
        cursor = try PageRequest(query: request.query).after
    }

    /// The first page of some events.
    init(_ query: EventQuery = EventQuery()) { self.query = query }

    var page: PageRequest { PageRequest(limit: Self.pageSize, after: cursor) }

    /// Its first page.
    var address: String {
        let parameters: [(name: String, value: String?)] = [
            ("kind", query.kind?.rawValue), ("account", query.account?.description),
            ("since", query.since?.rfc3339), ("until", query.until?.rfc3339),
        ]
        let text = parameters.compactMap { name, value in
            value.map { "\(name)=\(PercentEncoding.encoded($0.utf8))" }
        }
        return Pages.Path.adminAudit + (text.isEmpty ? "" : "?\(text.joined(separator: "&"))")
    }
}
