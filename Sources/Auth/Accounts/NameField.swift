/// The name of an applicant: what a request calls it decides whether it must be there.
enum NameField {
    /// May be left out.
    case name(TextInput)
    /// Must be there.
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

    /// The name of something that must have one; nil, with an objection, when it is none.
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
            objections.append(InvalidInput(field, error.sentence))
            return nil
        }
    }
}
