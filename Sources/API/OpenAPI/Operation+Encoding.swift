import Auth
import HTTP
import JSON
import Web

extension Operation {
    /// The operation as it stands in the document.
    var encoded: JSONObject {
        var object = JSONObject()
        object.add("operationId", .string(id))
        object.add("summary", .string(summary))
        if let description { object.add("description", .string(description)) }
        object.add("tags", .array([.string(tag.rawValue)]))
        object.add("security", caller.requirements)
        if listener == .admin { object.add("servers", [Self.adminServer]) }
        let parameters = (hasID ? [OperationParameter.id] : []) + parameters
        if !parameters.isEmpty { object.add("parameters", parameters.map(\.encoded)) }
        if let body { object.add("requestBody", body.encoded(acceptsForm: trait == .acceptsForm)) }
        object.add("responses", responses)
        return object
    }

    /// The errors of each status, lowest first.
    var problems: [OperationProblem] {
        Dictionary(grouping: allErrors, by: \.status)
            .map { status, codes in
                OperationProblem(
                    status: status, codes: codes, types: problemTypes,
                    namesLogin: caller == .verified && status == .unauthorized)
            }
            .sorted { $0.status.rawValue < $1.status.rawValue }
    }

    /// What an answer may be written as; a browser is shown pages where it followed a link.
    func types(of answer: OperationAnswer) -> [AnswerType] {
        switch answer.content {
        case .json: trait == .acceptsForm ? [.json, .html] : [.json]
        case .page: [.html]
        case .metrics: [.metrics]
        case .none: []
        }
    }

    /// What cannot be read at all is refused in JSON, where answers are pages, too.
    private var problemTypes: [AnswerType] {
        answers.contains { types(of: $0).contains(.html) } ? [.json, .html] : [.json]
    }

    private static let adminServer: JSONObject = {
        var address = JSONObject()
        address.add("default", .string("127.0.0.1:8081"))
        var variables = JSONObject()
        variables.add("address", address)
        var server = JSONObject()
        server.add("url", .string("http://{address}"))
        server.add("description", .string("The admin entrance"))
        server.add("variables", variables)
        return server
    }()

    private var hasID: Bool { path.contains("{id}") }

    /// The errors of the operation, those too that follow from what it is.
    private var allErrors: [ErrorCode] {
        var codes: [ErrorCode] = [
            .malformedRequest, .requestTimeout, .contentTooLarge, .uriTooLong, .expectationFailed,
            .fieldsTooLarge, .unavailable, .overloaded, .tooManyConnections,
            .httpVersionNotSupported,
        ]
        if body != nil { codes += [.malformedJSON, .invalidRequest] }
        if !method.isSafe { codes.append(.unsupportedMediaType) }
        if !method.isSafe && trait != .forwardAuth { codes.append(.crossOrigin) }
        if hasID { codes.append(.notFound) }
        for code in caller.errors + errors where !codes.contains(code) { codes.append(code) }
        return ErrorCode.allCases.filter(codes.contains)
    }

    private var responses: JSONObject {
        var object = JSONObject()
        for var answer in answers {
            if caller.isSomebody { answer.fields += AnswerField.rateLimits }
            object.add(String(answer.status.rawValue), answer.encoded(as: types(of: answer)))
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
    let types: [AnswerType]
    /// Whether a proxy is told the login page.
    let namesLogin: Bool

    /// Its name in the document: operations with the same errors share it.
    var name: String {
        let suffix = types == [.json] ? [] : types.map(\.rawValue)
        let login = namesLogin ? ["login"] : []
        return (codes.map(\.rawValue) + suffix + login).joined(separator: ".")
    }

    /// The response as it stands in the document.
    var encoded: JSONObject {
        var fields: [AnswerField] = []
        if status == .unauthorized { fields.append(.challenge) }
        if status == .tooManyRequests || status == .serviceUnavailable {
            let isAlways = !codes.contains(.mailNotConfigured)
            fields.append(isAlways ? .retryAfter : .retryAfterSometimes)
        }
        if status == .tooManyRequests { fields += AnswerField.rateLimits }
        if status == .unsupportedMediaType { fields.append(.acceptEncoding) }
        if namesLogin { fields.append(.loginLocation) }
        let meanings = codes.map { "`\($0.rawValue)`: \($0.meaning)" }
        let schema = Schema.all(of: [
            .named(.error), .object(["code": .oneOf(codes.map(\.rawValue))]),
        ])
        return OperationAnswer.json(
            status, "\(status.reasonPhrase). \(meanings.joined(separator: "; "))", schema,
            fields: fields
        ).encoded(as: types)
    }
}

extension OperationAnswer {
    /// The response as it stands in the document.
    func encoded(as types: [AnswerType]) -> JSONObject {
        var headers = JSONObject()
        for field in [.requestID] + fields {
            var reference = JSONObject()
            reference.add("$ref", .string("#/components/headers/\(field.rawValue)"))
            headers.add(field.name, reference)
        }
        var content = JSONObject()
        for type in types {
            var media = JSONObject()
            if case .json(let schema) = self.content, type == .json {
                media.add("schema", schema.encoded)
            } else {
                media.add("schema", Schema.string().encoded)
            }
            content.add(type.mediaType, media)
        }
        var object = JSONObject()
        object.add("description", .string(description))
        object.add("headers", headers)
        if !types.isEmpty { object.add("content", content) }
        return object
    }
}

extension OperationBody {
    fileprivate func encoded(acceptsForm: Bool) -> JSONObject {
        var media = JSONObject()
        media.add("schema", schema.encoded)
        var content = JSONObject()
        content.add("application/json", media)
        if acceptsForm { content.add("application/x-www-form-urlencoded", media) }
        var object = JSONObject()
        object.add("required", .bool(isRequired))
        object.add("content", content)
        return object
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
        switch self {
        case .administrator(.administration):
            requirements.append(Self.requirement("apiKey", "admin"))
        case .somebody(.read), .active(.read), .administrator(.read):
            requirements.append(Self.requirement("apiKey", "read"))
        case .somebody(.write), .active(.write), .administrator(.write):
            requirements.append(Self.requirement("apiKey", "write"))
        case .verified: requirements.append(Self.requirement("apiKey"))
        default: break
        }
        requirements.append(Self.requirement("cookie"))
        return requirements
    }

    private static func requirement(_ scheme: String, _ scopes: String...) -> JSONObject {
        var object = JSONObject()
        object.add(scheme, .array(scopes.map(JSONValue.string)))
        return object
    }
}
