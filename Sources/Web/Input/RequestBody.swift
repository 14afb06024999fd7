package import Auth
package import HTTP
package import JSON

/// The inputs in a request's body: the members of a JSON object, or the fields of a form.
///
/// A form's fields are named as the members, and its texts are read as what the member would be.
package struct RequestBody {
    private let content: Content

    private enum Content {
        case json([String: JSONValue])
        case form(FormFields)
    }

    /// What pages add to their forms, whatever the form is for.
    private static let fieldsOfPages: Set = [
        "form_id", "return_to", "proof_method", "proof_code", "proof_password", "proof_credential",
    ]

    /// Reads the body; without one there are no inputs.
    ///
    /// - Throws: `malformedJSON` when it is neither one JSON object nor a form; `invalidInput` for a form
    ///   that is not UTF-8, or has too many fields.
    package init(_ request: Request) throws(RequestError) {
        if MediaType(request.single(.contentType)) == .form {
            content = .form(try FormFields(request.body))
        } else {
            content = .json(try Self.members(request.body))
        }
    }

    private static func members(_ body: [UInt8]) throws(RequestError) -> [String: JSONValue] {
        guard !body.isEmpty else { return [:] }
        do throws(JSONError) {
            guard case .object(let members) = try JSONValue.decode(body) else {
                throw JSONError(.wrongType, at: 0)
            }
            return members
        } catch {
            switch error.reason {
            case .syntax, .encoding, .wrongType, .outOfRange:
                throw .malformedJSON("The body must be one JSON object")
            case .repeatedMember: throw .malformedJSON("The body names a member twice")
            case .tooDeep: throw .malformedJSON("The body is nested too deep")
            case .tooMany: throw .malformedJSON("The body has too many members")
            }
        }
    }

    /// The fields of a form with their values, in the order of their names; none for JSON.
    package var formFields: [(name: String, value: String)] {
        guard let form else { return [] }
        return form.names.sorted().flatMap { name in
            form.values(of: name).map { (name, $0) }
        }
    }

    /// Whether it is a form.
    package var isForm: Bool { form != nil }

    /// The fields of a form; nil for JSON.
    var form: FormFields? {
        if case .form(let fields) = content { fields } else { nil }
    }

    /// The value of a member, or the last text of a field; an empty field counts as absent.
    package func value(_ name: String) -> JSONValue? {
        switch content {
        case .json(let members): members[name]
        case .form(let fields): fields[name].map(JSONValue.string)
        }
    }

    /// Whether there is a member or a field of this name, even if it is null or empty.
    ///
    /// So a form can remove a value that is optional, and what it does not name keeps its value.
    package func names(_ name: String) -> Bool {
        switch content {
        case .json(let members): members[name] != nil
        case .form(let fields): fields.names(name)
        }
    }

    /// Whether an input is there: neither null nor an empty field.
    package func has(_ name: String) -> Bool { value(name) ?? .null != .null }

    /// A text; null and an empty field count as absent.
    package func text(_ name: String) -> TextInput {
        switch value(name) {
        case nil, .null: .absent
        case .string(let text): .text(text)
        default: .notText
        }
    }

    /// What is said of inputs that the request may not have, where accounts or settings are changed: a
    /// change that is silently left out would pass for one that was made.
    ///
    /// - Parameter known: All that it may have.
    /// - Returns: An objection for each other one, in the order of their names.
    package func objections(toOthersThan known: Set<String>) -> [InvalidInput] {
        let names: [String] =
            switch content {
            case .json(let members): members.keys.filter { !known.contains($0) }
            case .form(let fields):
                fields.names.filter { name in
                    fields[name] != nil && !known.union(Self.fieldsOfPages).contains(name)
                }
            }
        return names.sorted().map { InvalidInput($0, .unknown) }
    }
}
