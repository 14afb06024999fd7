/// Whether a field has to be filled in.
enum Presence: Sendable {
    case required
    /// May be left empty, and is marked by this word: the optional fields are marked, not the required.
    case optional(mark: String)
    /// Filled in only where a choice asks for it, or to search.
    case unmarked
}

/// What is wrong with the value of a field.
enum FieldError: Sendable, Equatable {
    /// Said beside the field.
    case message(String)
    /// Said in the notice above the form alone: which of several fields is wrong is not told.
    case inSummary

    /// The id of the notice that says what the last action caused.
    static let summaryID = "summary"
}

/// Label, input, error and hint of one field.
struct FieldFrame {
    let label: String
    let id: String
    let presence: Presence
    let hint: (any HTMLContent)?
    let error: FieldError?
    /// Where the value is set, for one that cannot be changed here.
    let locked: (any HTMLContent)?

    /// The attributes of the input that refer to the rest: the error is read before the hint.
    var references: [Attribute?] {
        let described = [
            errorID, hint.map { _ in "\(id)-hint" }, locked.map { _ in "\(id)-locked" },
        ].compactMap(\.self)
        return [
            .id(id), Attribute("required").when(isRequired),
            Attribute.aria(.invalid, "true").when(error != nil),
            described.isEmpty ? nil : .aria(.describedBy, described.joined(separator: " ")),
        ]
    }

    /// The field around an input.
    func callAsFunction(@HTMLBuilder _ input: () -> HTML) -> HTML {
        div("field") {
            element("label", Attribute("for", id)) {
                label
                if case .optional(let mark) = presence {
                    " "
                    span("optional") { mark }
                }
            }
            input()
            if case .message(let text)? = error {
                element("p", .class("field-error"), .id("\(id)-error")) {
                    icon(.error)
                    element("span") { text }
                }
            }
            if let hint { element("p", .class("hint"), .id("\(id)-hint")) { hint.html } }
            if let locked { lockedNote(locked, id: id) }
        }
    }

    private var isRequired: Bool {
        if case .required = presence { locked == nil } else { false }
    }

    private var errorID: String? {
        switch error {
        case .message: "\(id)-error"
        case .inSummary: FieldError.summaryID
        case nil: nil
        }
    }
}

/// Where a value is set that cannot be changed here.
func lockedNote(_ origin: any HTMLContent, id: String) -> HTML {
    element("p", .class("hint locked"), .id("\(id)-locked")) {
        icon(.lock)
        element("span") { origin.html }
    }
}

/// Fields beside each other where the window is wide enough.
func pair(@HTMLBuilder _ content: () -> HTML) -> HTML { div("pair", content) }
