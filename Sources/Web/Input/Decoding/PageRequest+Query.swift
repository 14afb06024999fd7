package import Auth
import Bytes

extension PageRequest {
    /// The page of a list that the query of a request names: `limit=1..100&cursor=`.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - sort: The order of the list.
    /// - Throws: `invalidInput` for another limit, or a cursor that no response with this order contained.
    package init(
        query: ArraySlice<UInt8>?, of sort: AccountSort = .newest
    ) throws(RequestError) {
        var objections: [InvalidInput] = []
        var limit = Self.standardLimit
        if let text = try Query.values(of: "limit", in: query).last {
            if let number = Decimal.parse(text.utf8, maximumDigits: 3), (1...100).contains(number) {
                limit = number
            } else {
                objections.append(InvalidInput("limit", .other("must be a number from 1 to 100")))
            }
        }
        var cursor: Cursor?
        if let text = try Query.values(of: "cursor", in: query).last {
            cursor = Cursor(text, of: sort)
            if cursor == nil {
                objections.append(
                    InvalidInput("cursor", .other("must be the nextCursor of a response")))
            }
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        self.init(limit: limit, after: cursor)
    }

    private static let standardLimit = 50
}
