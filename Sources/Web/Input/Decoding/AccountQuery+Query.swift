package import Auth

extension AccountQuery {
    /// The longest email there is, in characters; no name is longer.
    package static let maximumTextLength = 254

    /// The filter and the order in the query of a request; an empty value does not filter, and neither do blanks alone.
    ///
    /// - Throws: `invalidInput`.
    package init(query: ArraySlice<UInt8>?) throws(RequestError) {
        func value(_ name: String) throws(RequestError) -> TextInput {
            let text = try Query.values(of: name, in: query).last ?? ""
            return text.isEmpty ? .absent : .text(text)
        }
        var objections: [InvalidInput] = []
        self.init()
        status = try value("status").choice(
            of: Account.Status.allCases, as: "status", &objections)
        role = try value("role").choice(of: Account.Role.allCases, as: "role", &objections)
        switch try value("emailVerified") {
        case .absent: break
        case .text("true"): emailVerified = true
        case .text("false"): emailVerified = false
        default: objections.append(InvalidInput("emailVerified", .notFlag))
        }
        sort = try value("sort").choice(of: AccountSort.allCases, as: "sort", &objections) ?? sort
        if case .text(let text) = try value("query") {
            self.text = text.allSatisfy(\.isWhitespace) ? nil : text
            if text.unicodeScalars.count > Self.maximumTextLength || text.utf8.contains(0) {
                objections.append(
                    InvalidInput("query", .searchTooLong(maximum: Self.maximumTextLength)))
            }
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
    }
}
