import Auth
import HTTP
import JSON
import Web

/// One method of one path, as the document describes it: from the rules and the operation of its
/// declaration.
struct DocumentedOperation {
    let entry: RouteTable.Entry
    let operation: Operation

    /// The operation of an endpoint; nil for a page, which no program calls.
    init?(_ entry: RouteTable.Entry) {
        guard let operation = entry.operation else { return nil }
        self.entry = entry
        self.operation = operation()
    }

    /// The operation object.
    var encoded: JSONObject {
        var object = JSONObject()
        object.add("operationId", .string(operation.id))
        object.add("summary", .string(operation.summary))
        if let description = operation.description {
            object.add("description", .string(description))
        }
        object.add("tags", .array([.string(operation.tag.rawValue)]))
        object.add("security", entry.rules.access.requirements)
        if entry.rules.listener == .admin { object.add("servers", [Self.adminServer]) }
        let parameters =
            (hasID ? [Operation.Parameter.id] : [])
            + (hasRequestID ? [Operation.Parameter.requestID] : []) + operation.parameters
        if !parameters.isEmpty { object.add("parameters", parameters.map(\.encoded)) }
        if let body = operation.body {
            object.add("requestBody", body.encoded)
        }
        object.add("responses", responses)
        return object
    }

    /// The errors of each status, lowest first.
    var errors: [DocumentedError] {
        Dictionary(grouping: codes, by: \.status)
            .map { status, codes in
                DocumentedError(
                    status: status, codes: codes,
                    namesLogin: entry.rules.access == .forwardAuth && status == .unauthorized)
            }
            .sorted { $0.status.rawValue < $1.status.rawValue }
    }

    private static let adminServer: JSONObject = {
        var address = JSONObject()
        address.add("default", .string("127.0.0.1:8081"))
        var variables = JSONObject()
        variables.add("address", address)
        var server = JSONObject()
        server.add("url", .string("http://{address}"))
        server.add("description", .string("The admin listener"))
        server.add("variables", variables)
        return server
    }()

    private var hasID: Bool { entry.path.contains("{id}") }
    private var hasRequestID: Bool { entry.path.contains("{requestId}") }

    /// The errors of the operation, including those that follow from its rules.
    private var codes: [ErrorCode] {
        let (method, rules) = (entry.method, entry.rules)
        var codes: [ErrorCode] = [
            .malformedRequest, .requestTimeout, .contentTooLarge, .uriTooLong, .expectationFailed,
            .fieldsTooLarge, .unavailable, .overloaded, .tooManyConnections,
            .httpVersionNotSupported,
        ]
        if operation.body != nil { codes += [.malformedJSON, .invalidRequest] }
        if !method.isSafe { codes.append(.unsupportedMediaType) }
        if !method.isSafe && !rules.traits.contains(.forwardAuth) { codes.append(.crossOrigin) }
        if rules.traits.contains(.needsMail) { codes.append(.mailNotConfigured) }
        if hasID || hasRequestID { codes.append(.notFound) }
        codes += rules.access.errors + operation.errors
        return ErrorCode.allCases.filter(codes.contains)
    }

    private var responses: JSONObject {
        var object = JSONObject()
        for response in operation.responses {
            let limits = entry.rules.access.requiresCaller ? ResponseField.rateLimits : []
            object.add(
                String(response.status.rawValue),
                response.encoded(adding: limits))
        }
        for error in errors {
            var reference = JSONObject()
            reference.add("$ref", .string("#/components/responses/\(error.name)"))
            object.add(String(error.status.rawValue), reference)
        }
        return object
    }
}

extension Operation.Success {
    /// The response object.
    ///
    /// - Parameter others: Fields beside its own and the common ones.
    /// - Returns: The object.
    func encoded(adding others: [ResponseField] = []) -> JSONObject {
        var headers = JSONObject()
        for field in [.requestID] + fields + others {
            var reference = JSONObject()
            reference.add("$ref", .string("#/components/headers/\(field.rawValue)"))
            headers.add(field.name, reference)
        }
        var object = JSONObject()
        object.add("description", .string(description))
        object.add("headers", headers)
        if let mediaType {
            var (media, content) = (JSONObject(), JSONObject())
            if case .json(let schema) = self.content {
                media.add("schema", schema.encoded)
            } else {
                media.add("schema", Schema.string().encoded)
            }
            content.add(mediaType, media)
            object.add("content", content)
        }
        return object
    }

    /// The media type of the content; nil without content (RFC 9110 §8.3.1).
    var mediaType: String? {
        switch content {
        case .json: "application/json"
        case .metrics: "text/plain"
        case .none: nil
        }
    }
}

extension Operation.Body {
    fileprivate var encoded: JSONObject {
        var media = JSONObject()
        media.add("schema", schema.encoded)
        var content = JSONObject()
        content.add("application/json", media)
        var object = JSONObject()
        object.add("required", .bool(isRequired))
        object.add("content", content)
        return object
    }
}

extension Operation.Parameter {
    /// The `{id}` of a path; anything but a UUID is 404.
    fileprivate static let id = Operation.Parameter(
        "id", in: .path, "As in a list or in the response that created it", .id, isRequired: true)

    /// The `{requestId}` of a path.
    fileprivate static let requestID = Operation.Parameter(
        "requestId", in: .path, "As in `X-Request-Id` of a response, and in the log",
        .string(pattern: "^[A-Za-z0-9._-]{1,64}$"), isRequired: true)

    fileprivate var encoded: JSONObject {
        var object = JSONObject()
        object.add("name", .string(name))
        object.add("in", .string(place.rawValue))
        object.add("description", .string(description))
        if isRequired { object.add("required", .bool(true)) }
        if isEmptyIgnored { object.add("allowEmptyValue", .bool(true)) }
        object.add("schema", schema.encoded)
        return object
    }
}
