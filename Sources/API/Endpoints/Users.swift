import Auth
import HTTP
import Web

extension Endpoints {
    /// `GET /auth/users?status=&role=&query=`: accounts, newest first; for administrators.
    static func users(_ context: RequestContext) throws(RequestError) -> EndpointResult {
        let caller = try context.administrator(for: .administration)
        let query = try accountQuery(context)
        let request = try context.pageRequest()
        let page = try context.domain { service throws(AuthError) in
            try service.administration.users(matching: query, request)
        }
        return EndpointResult(context.json(page, \.profile), account: caller.account.id)
    }

    /// The longest email there is; no name is longer.
    private static let longestText = 254

    /// Which accounts the query asks for; an empty value does not matter.
    private static func accountQuery(_ context: RequestContext) throws(RequestError) -> AccountQuery
    {
        func value(_ name: String) throws(RequestError) -> TextInput {
            let text = try Query.values(of: name, in: context.request.query).last ?? ""
            return text.isEmpty ? .absent : .text(text)
        }
        var objections: [InvalidInput] = []
        var query = AccountQuery()
        query.status = try value("status").choice(
            of: Account.Status.allCases, as: "status", &objections)
        query.role = try value("role").choice(of: Account.Role.allCases, as: "role", &objections)
        if case .text(let text) = try value("query") {
            // Blanks alone ask for nothing.
            query.text = text.allSatisfy(\.isWhitespace) ? nil : text
            if text.unicodeScalars.count > longestText || text.utf8.contains(0) {
                objections.append(
                    InvalidInput("query", "must have at most \(longestText) characters, no NUL"))
            }
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        return query
    }
}
