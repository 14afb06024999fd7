import Auth
import HTTP

extension Operation {
    /// The operation as it stands in the document.
    var encoded: JSONObject {
        var object = JSONObject()
        object.add("operationId", .string(id))
        object.add("summary", .string(summary))
        if let description { object.add("description", .string(description)) }
        object.add("tags", .array([.string(tag.rawValue)]))
        object.add("security", caller.requirements)
        let parameters = (hasID ? [OperationParameter.id] : []) + parameters
        if !parameters.isEmpty { object.add("parameters", parameters.map(\.encoded)) }
        if let body { object.add("requestBody", body.encoded) }
        object.add("responses", responses)
        return object
    }

    /// The errors of each status, lowest first.
    var problems: [OperationProblem] {
        Dictionary(grouping: allErrors, by: \.status)
            .map { status, codes in OperationProblem(status: status, codes: codes, form: form) }
            .sorted { $0.status.rawValue < $1.status.rawValue }
    }

    private var hasID: Bool { path.contains("{id}") }

    /// The errors of the operation, those too that follow from what it is.
    private var allErrors: [ErrorCode] {
        var codes: [ErrorCode] = [
            .malformedRequest, .requestTimeout, .contentTooLarge, .uriTooLong, .expectationFailed,
            .fieldsTooLarge, .unavailable, .overloaded, .tooManyConnections,
            .httpVersionNotSupported,
        ]
        if body != nil { codes += [.malformedJSON, .invalidRequest] }
        if !method.isSafe { codes += [.unsupportedMediaType, .crossOrigin] }
        if hasID { codes.append(.notFound) }
        for code in caller.errors + errors where !codes.contains(code) { codes.append(code) }
        return ErrorCode.allCases.filter(codes.contains)
    }

    private var responses: JSONObject {
        var object = JSONObject()
        for var answer in answers {
            if caller.access != nil { answer.fields += AnswerField.rateLimits }
            object.add(String(answer.status.rawValue), answer.encoded(as: form))
        }
        for problem in problems {
            var reference = JSONObject()
            reference.add("$ref", .string("#/components/responses/\(problem.name)"))
            object.add(String(problem.status.rawValue), reference)
        }
        return object
    }
}

/// The errors that one status may mean somewhere.
struct OperationProblem: Hashable {
    let status: Status
    let codes: [ErrorCode]
    let form: AnswerForm

    /// Its name in the document: operations with the same errors share it.
    var name: String {
        let prefix =
            switch form {
            case .json: ""
            case .page: "page."
            case .either: "either."
            }
        return prefix + codes.map(\.rawValue).joined(separator: ".")
    }

    /// The response as it stands in the document.
    var encoded: JSONObject {
        var fields: [AnswerField] = []
        if status == .unauthorized { fields.append(.challenge) }
        if status == .tooManyRequests || status == .serviceUnavailable {
            fields.append(.retryAfter)
        }
        if status == .tooManyRequests { fields += AnswerField.rateLimits }
        let meanings = codes.map { "`\($0.rawValue)`: \($0.meaning)" }
        let schema = Schema.all(of: [
            .named(.error), .object(["code": .oneOf(codes.map(\.rawValue))]),
        ])
        return OperationAnswer.json(
            status, "\(status.reasonPhrase). \(meanings.joined(separator: "; "))", schema,
            fields: fields
        ).encoded(as: form)
    }
}

extension OperationAnswer {
    /// The response as it stands in the document.
    func encoded(as form: AnswerForm) -> JSONObject {
        var headers = JSONObject()
        for field in [.requestID] + fields {
            var reference = JSONObject()
            reference.add("$ref", .string("#/components/headers/\(field.rawValue)"))
            headers.add(field.name, reference)
        }
        var content = JSONObject()
        if let schema, form != .page {
            content.add("application/json", JSONObject.mediaType(schema))
        }
        if form != .json { content.add("text/html", JSONObject.mediaType(.string())) }
        var object = JSONObject()
        object.add("description", .string(description))
        object.add("headers", headers)
        object.add("content", content)
        return object
    }
}

extension OperationBody {
    fileprivate var encoded: JSONObject {
        var content = JSONObject()
        content.add("application/json", JSONObject.mediaType(schema))
        if takesForms {
            content.add("application/x-www-form-urlencoded", JSONObject.mediaType(schema))
        }
        var object = JSONObject()
        object.add("required", .bool(isRequired))
        object.add("content", content)
        return object
    }
}

extension JSONObject {
    fileprivate static func mediaType(_ schema: Schema) -> JSONObject {
        var type = JSONObject()
        type.add("schema", schema.encoded)
        return type
    }
}

extension OperationParameter {
    /// The `{id}` of a path; anything but a UUID is 404.
    fileprivate static let id = OperationParameter(
        name: "id", place: .path, description: "As a list or the answer that made it has it",
        schema: .id, isRequired: true)

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

extension OperationCaller {
    /// The credentials, one of which is enough.
    fileprivate var requirements: [JSONObject] {
        var requirements: [JSONObject] = []
        if self == .anybodyOrSomebody { requirements.append(JSONObject()) }
        guard self != .anybody else { return requirements }
        requirements.append(Self.requirement("session"))
        switch access {
        case .read: requirements.append(Self.requirement("apiKey", "read"))
        case .write: requirements.append(Self.requirement("apiKey", "write"))
        case .person, nil: break
        }
        requirements.append(Self.requirement("cookie"))
        return requirements
    }

    private static func requirement(_ scheme: String, _ scopes: String...) -> JSONObject {
        var object = JSONObject()
        object.add(scheme, .array(scopes.map(JSON.string)))
        return object
    }
}
