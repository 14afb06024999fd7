/// One text input of a request, as sent.
public enum TextInput: Sendable, Equatable {
    /// Absent, or null.
    case absent
    /// Present, but not a text.
    case notText
    /// A text.
    case text(String)

    /// A required text; nil, with an objection, when it is missing or not a text.
    func required(as field: String, _ objections: inout [InvalidInput]) -> String? {
        if self == .absent { objections.append(.missing(field)) }
        return optional(as: field, &objections)
    }

    /// An optional text; nil, with an objection, when it is not a text.
    func optional(as field: String, _ objections: inout [InvalidInput]) -> String? {
        switch self {
        case .absent: return nil
        case .notText:
            objections.append(InvalidInput(field, .notText))
            return nil
        case .text(let text): return text
        }
    }

    /// One of several words; nil, with an objection, when the input is none of them.
    public func choice<Choice: RawRepresentable<String>>(
        of choices: [Choice], as field: String, _ objections: inout [InvalidInput]
    ) -> Choice? {
        guard let text = optional(as: field, &objections) else { return nil }
        if let choice = choices.first(where: { $0.rawValue == text }) { return choice }
        objections.append(InvalidInput(field, .notOneOf(choices.map(\.rawValue))))
        return nil
    }
}
