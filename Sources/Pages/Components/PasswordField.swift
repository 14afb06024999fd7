/// A password with a button that shows it; never has a value.
///
/// - Parameters:
///   - label: Names the field.
///   - purpose: Whether it proves or sets a password.
///   - name: Of the JSON member.
///   - id: Unique on the page; the name where it occurs once.
///   - isFocused: Whether the cursor is here when the page opens.
///   - hint: Explains.
///   - error: What is wrong with what was typed.
///   - texts: Of the button.
/// - Returns: The field.
func passwordField(
    _ label: String, _ purpose: PasswordPurpose, name: String = "password", id: String? = nil,
    isFocused: Bool = false, hint: (any HTMLContent)? = nil, error: FieldError? = nil,
    texts: any ComponentTexts
) -> HTML {
    let frame = FieldFrame(
        label: label, id: id ?? name, presence: .required, hint: hint, error: error, locked: nil)
    let own: [Attribute?] = [
        .class("input"), .name(name), .type("password"),
        .autocomplete(purpose.autocomplete.rawValue),
        purpose.minimumLength.map { Attribute("minlength", String($0)) },
        Attribute("autofocus").when(isFocused),
    ]
    return frame {
        div("joined") {
            void("input", with: own + frame.references)
            element(
                "button", .class("button quiet needs-script"), .type("button"),
                .aria(.controls, frame.id),
                Attribute("data-reveal", texts.hide)
            ) {
                texts.show
                unseen(" \(label)")
            }
        }
    }
}

/// What a password is typed for.
enum PasswordPurpose: Sendable {
    /// To prove who one is.
    case current
    /// To set it; of at least so many characters. There is no upper bound: a browser would cut what is
    /// pasted without a word.
    case new(minimumLength: Int)

    fileprivate var autocomplete: Autocomplete {
        switch self {
        case .current: .currentPassword
        case .new: .newPassword
        }
    }

    fileprivate var minimumLength: Int? {
        if case .new(let length) = self { length } else { nil }
    }
}

/// The username of a form that has a password and no field for it: password managers store it with the
/// new password.
///
/// Without a name: it is not sent.
func hiddenUsername(_ email: String) -> HTML {
    void(
        "input", .class("unseen"), .type("email"), .autocomplete(Autocomplete.username.rawValue),
        .value(email), Attribute("readonly"), Attribute("tabindex", "-1"), .aria(.hidden, "true"))
}
