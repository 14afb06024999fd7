/// What is typed into a field; browsers check it and choose the keyboard by it.
enum FieldType: Sendable {
    case text, email, url, search
    /// Digits that are good once: one field, however many they are.
    case oneTimeCode
    /// A day, written as `2026-11-29` whatever a browser shows.
    case date
    /// A whole number.
    case number(ClosedRange<Int>)
    /// Text that matches a regular expression (WHATWG HTML §4.10.5.3.6).
    case pattern(String)

    fileprivate var attributes: [Attribute?] {
        switch self {
        case .text: []
        case .email: [.type("email")]
        case .url: [.type("url"), Attribute("inputmode", "url")]
        case .search: [.type("search")]
        case .date: [.type("date")]
        case .oneTimeCode:
            [
                Attribute("inputmode", "numeric"), Attribute("pattern", "[0-9 ]{6,7}"),
                Attribute("maxlength", "7"),
            ]
        case .number(let range):
            [
                .type("number"), Attribute("inputmode", "numeric"),
                Attribute("min", String(range.lowerBound)),
                Attribute("max", String(range.upperBound)),
            ]
        case .pattern(let expression): [Attribute("pattern", expression)]
        }
    }

    /// Whether it is wide and spaced, to be compared with another screen.
    fileprivate var isCode: Bool {
        if case .oneTimeCode = self { true } else { false }
    }

    /// Whether spelling help would only disturb: what is typed is no prose.
    fileprivate var isExact: Bool {
        switch self {
        case .pattern, .search, .oneTimeCode: true
        default: false
        }
    }
}

/// What a password manager or browser may fill in (WHATWG HTML §4.10.18.7).
enum Autocomplete: String, Sendable {
    case off
    case username
    case email
    case name
    case currentPassword = "current-password"
    case newPassword = "new-password"
    case language
    case url
    case organization
    case oneTimeCode = "one-time-code"
    /// The name of the account, where the browser offers passkeys beside it.
    case usernameOrPasskey = "username webauthn"
}

/// One labelled input.
///
/// Passwords have `passwordField`.
///
/// - Parameters:
///   - label: Names the field.
///   - name: Of the JSON member.
///   - autocomplete: What a password manager may fill in.
///   - type: What is typed.
///   - id: Unique on the page; the name where it occurs once.
///   - value: What was typed before, or is stored.
///   - presence: Whether it has to be filled in.
///   - maximumLength: Characters that may be typed; nil for a value that must not be cut silently.
///   - isFocused: Whether the cursor is here when the page opens: one on a page, and none beside a
///     notice that follows an action.
///   - hint: Explains.
///   - error: What is wrong with the value.
///   - locked: Where the value is set; it cannot be changed here then.
/// - Returns: The field.
func field(
    _ label: String, name: String, autocomplete: Autocomplete, type: FieldType = .text,
    id: String? = nil, value: String? = nil, presence: Presence = .required,
    maximumLength: Int? = nil, isFocused: Bool = false, hint: (any HTMLContent)? = nil,
    error: FieldError? = nil, locked: (any HTMLContent)? = nil
) -> HTML {
    let frame = FieldFrame(
        label: label, id: id ?? name, presence: presence, hint: hint, error: error, locked: locked)
    let own: [Attribute?] = [
        .class(type.isCode ? "input code" : "input"), .name(name).when(locked == nil),
        .autocomplete(autocomplete.rawValue),
        value.map(Attribute.value),
        maximumLength.map { Attribute("maxlength", String($0)) },
        Attribute("spellcheck", "false").when(type.isExact),
        Attribute("readonly").when(locked != nil), Attribute("autofocus").when(isFocused),
    ]
    return frame {
        void("input", with: own + type.attributes + frame.references)
    }
}
