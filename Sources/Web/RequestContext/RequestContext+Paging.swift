package import Auth
import Bytes
package import HTTP
package import JSON

/// Lists in pages: `?limit=1..100&cursor=`, and in response `{"items":[...],"nextCursor":...}`.
extension RequestContext {
    /// The page that the query requests.
    ///
    /// - Throws: `invalidInput` for another limit, or a cursor that no response contained.
    package func pageRequest() throws(RequestError) -> PageRequest {
        var objections: [InvalidInput] = []
        var limit = 50
        if let text = try Query.values(of: "limit", in: request.query).last {
            if let number = Decimal.parse(text.utf8, maximumDigits: 3), (1...100).contains(number) {
                limit = number
            } else {
                objections.append(InvalidInput("limit", .other("must be a number from 1 to 100")))
            }
        }
        var cursor: Cursor?
        if let text = try Query.values(of: "cursor", in: request.query).last {
            cursor = Cursor(text)
            if cursor == nil {
                objections.append(
                    InvalidInput("cursor", .other("must be the nextCursor of a response")))
            }
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        return PageRequest(limit: limit, after: cursor)
    }

    /// The response with one page of a list.
    package func json<Item>(_ page: Page<Item>, _ form: (Item) -> JSONObject) -> Response {
        var object = JSONObject()
        object.add("items", page.items.map(form))
        object.add("nextCursor", page.next.map { .string($0.text) } ?? .null)
        return json(.ok, object)
    }
}
