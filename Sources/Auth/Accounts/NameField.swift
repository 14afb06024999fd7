/// The name in a registration: the member's name decides whether it is required.
enum NameField {
    /// Optional.
    case name(TextInput)
    /// Required.
    case username(TextInput)

    func text(_ objections: inout [InvalidInput]) -> String? {
        switch self {
        case .name(let input):
            input.optional(as: "name", &objections).flatMap {
                Self.checked($0, as: "name", &objections)
            }
        case .username(let input): Self.required(input, as: "username", &objections)
        }
    }

    /// A required name; nil, with an objection, when it is missing or invalid.
    static func required(
        _ input: TextInput, as field: String, _ objections: inout [InvalidInput]
    ) -> String? {
        input.required(as: field, &objections).flatMap { checked($0, as: field, &objections) }
    }

    private static func checked(
        _ text: String, as field: String, _ objections: inout [InvalidInput]
    ) -> String? {
        do throws(PersonName.Objection) {
            return try PersonName(text).text
        } catch {
            objections.append(InvalidInput(field, error.rule()))
            return nil
        }
    }
}
