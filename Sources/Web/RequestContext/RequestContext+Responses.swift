package import HTTP
package import JSON

extension RequestContext {
    /// A response with a JSON object.
    package func json(_ status: Status, _ object: JSONObject) -> Response {
        json(status, object.encoded())
    }

    /// A response with a JSON object that is encoded already.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - body: The object.
    ///   - capacity: Bytes of the field lines that will be added.
    /// - Returns: The response, with the common field lines.
    package func json(_ status: Status, _ body: [UInt8], capacity: Int = 0) -> Response {
        Response(status: status, fields: Self.jsonFields(id: id, capacity: capacity), body: body)
    }

    /// The response to a request that was carried out: `{"success":true}`.
    ///
    /// - Parameter status: 202 where a mail has still to be read.
    /// - Returns: The response.
    package func success(_ status: Status = .ok) -> Response {
        var object = JSONObject()
        object.add("success", .bool(true))
        return json(status, object)
    }

    /// The response to a request that ended several things at once: `{"success":true,"ended":2}`.
    package func success(ended count: Int) -> Response {
        var object = JSONObject()
        object.add("success", .bool(true))
        object.add("ended", .integer(Int64(count)))
        return json(.ok, object)
    }

    /// A response without content, for a program that reads its fields alone.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - capacity: Bytes of the field lines that will be added.
    /// - Returns: The response, with the common field lines.
    package func empty(_ status: Status, capacity: Int = 0) -> Response {
        Response(status: status, fields: Self.emptyFields(id: id, capacity: capacity))
    }

    /// A response of another media type than JSON.
    package func content(_ type: String, _ body: [UInt8]) -> Response {
        Response(
            status: .ok, fields: Self.fields(id: id, Self.fixedFields(type: type), capacity: 0),
            body: body)
    }

    /// The common field lines of a response without content, with space for more.
    static func emptyFields(id: RequestID, capacity: Int = 0) -> FieldLines {
        fields(id: id, emptyFields, capacity: capacity)
    }

    /// The common field lines of a JSON response, with space for more.
    static func jsonFields(id: RequestID, capacity: Int = 0) -> FieldLines {
        fields(id: id, jsonFields, capacity: capacity)
    }

    private static func fields(
        id: RequestID, _ fixed: FieldLines, capacity: Int
    ) -> FieldLines {
        var fields = fixed.addingCapacity(128 + capacity)
        fields.add("X-Request-Id", capacity: id.capacity) { id.append(to: &$0) }
        return fields
    }

    private static let jsonFields = fixedFields(type: "application/json")
    private static let emptyFields = fixedFields(type: nil)

    private static func fixedFields(type: String?) -> FieldLines {
        var fields = FieldLines()
        if let type { fields.add("Content-Type", type) }
        fields.add("Cache-Control", "no-store")
        fields.add("X-Content-Type-Options", "nosniff")
        fields.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        fields.add("Referrer-Policy", "no-referrer")
        return fields
    }
}
