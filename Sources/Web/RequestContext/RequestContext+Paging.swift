package import Auth
package import HTTP
package import JSON

/// Lists in pages: `?limit=1..100&cursor=`, and in response `{"items":[...],"nextCursor":...}`.
extension RequestContext {
    /// The page that the query requests.
    ///
    /// - Throws: `invalidInput` for another limit, or a cursor that no response contained.
    package func pageRequest() throws(RequestError) -> PageRequest {
        try PageRequest(query: request.query)
    }

    /// The response with one page of a list.
    package func json<Item>(_ page: Page<Item>, _ form: (Item) -> JSONObject) -> Response {
        var object = JSONObject()
        object.add("items", page.items.map(form))
        object.add("nextCursor", page.next.map { .string($0.text) } ?? .null)
        return json(.ok, object)
    }
}
