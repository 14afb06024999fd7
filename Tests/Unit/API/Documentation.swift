import HTTP
import JSON
import Testing

@testable import API
@testable import Web

extension ReceivedAnswer {
    /// Checks that the answer to a request is one of those that `GET /openapi.json` tells of.
    func checkDocumentation(of request: Request, among routes: [RouteTable.Entry]) throws {
        let method = request.method == .head ? .get : request.method
        guard
            let entry = routes.first(where: {
                $0.method == method && $0.rules.listener == request.listener
                    && PathTemplate($0.path).matches(request.path)
            })
        else {
            #expect(status.rawValue >= 400 || status == .noContent, "documented nowhere")
            return
        }
        guard let operation = DocumentedOperation(entry), !rendersHTML, !leadsToPage else { return }
        // The errors of a method that the path does not take are documented once, for all paths.
        if status == .methodNotAllowed { return }
        let type = self["Content-Type"]?.prefix { $0 != ";" }
        if let answer = operation.operation.responses.first(where: { $0.status == status }) {
            #expect(
                type.map(String.init) == answer.mediaType,
                "\(operation.operation.id) as \(type ?? "")")
            for field in answer.fields where field.isAlwaysThere {
                #expect(
                    !values(of: field.name).isEmpty,
                    "\(operation.operation.id) without \(field.name)")
            }
        } else {
            let problem = operation.errors.first { $0.status == status }
            #expect(
                problem != nil, "\(operation.operation.id) does not document \(status.rawValue)")
            guard let problem else { return }
            guard !entry.omitsErrorBody(request) else {
                return #expect(type == nil && body.isEmpty)
            }
            #expect(type == "application/json", "\(operation.operation.id) as \(type ?? "")")
            guard let code = try code else { return }
            #expect(problem.codes.contains(code), "\(operation.operation.id): \(code.rawValue)")
        }
    }
}

/// One operation, as the document has it.
struct ParsedOperation {
    let method: String
    let path: String
    let members: [String: JSONValue]

    var name: String { "\(method) \(path)" }
}

extension JSONValue {
    /// Reads a text of any size; nil when it is not JSON, or an object in it names a member twice.
    init?(ofDocument text: String) {
        guard
            let value = try? JSONValue.decode(
                Array(text.utf8), limits: JSONLimits(depth: 32, values: .max))
        else {
            return nil
        }
        self = value
    }

    /// The members of an object; none of anything else.
    var members: [String: JSONValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    /// The elements of an array; none of anything else.
    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The text of a string.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// What a path of member names leads to.
    subscript(path: String...) -> JSONValue? {
        path.reduce(self) { value, name in value?.members[name] }
    }

    /// Every `$ref` in it.
    var references: [String] {
        let own = members["$ref"]?.text.map { [$0] } ?? []
        return own + members.values.flatMap(\.references) + elements.flatMap(\.references)
    }
}
