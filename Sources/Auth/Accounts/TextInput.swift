/// One text input of a request, as it was sent.
public enum TextInput: Sendable, Equatable {
    /// Left out, or null.
    case absent
    /// There, but not a text.
    case notText
    /// A text.
    case text(String)

    /// The text of an input that must be there; nil, with an objection, when it is not.
    func required(as field: String, _ objections: inout [InvalidInput]) -> String? {
        if self == .absent { objections.append(.missing(field)) }
        return optional(as: field, &objections)
    }

    /// The text of an input that may be left out; nil, with an objection, when it is no text.
    func optional(as field: String, _ objections: inout [InvalidInput]) -> String? {
        switch self {
        case .absent: return nil
        case .notText:
            objections.append(InvalidInput(field, "must be a string"))
            return nil
        case .text(let text): return text
        }
    }

    /// The word of a few that an input names; nil, with an objection, when it names none of them.
    public func choice<Choice: RawRepresentable<String>>(
        of choices: [Choice], as field: String, _ objections: inout [InvalidInput]
    ) -> Choice? {
        guard let text = optional(as: field, &objections) else { return nil }
        if let choice = choices.first(where: { $0.rawValue == text }) { return choice }
        let words = choices.map(\.rawValue).joined(separator: ", ")
        objections.append(InvalidInput(field, "must be one of: \(words)"))
        return nil
    }
}
