/// A value to choose from a list.
struct SelectOption: Sendable {
    let value: String
    let label: String
    /// The language of the label where it is not that of the page.
    var language: String?

    init(_ value: String, _ label: String, language: String? = nil) {
        self.value = value
        self.label = label
        self.language = language
    }
}

/// A labelled list of which one value is chosen.
///
/// - Parameters:
///   - label: Names the field.
///   - name: Of the JSON member.
///   - options: In the order of the list.
///   - selected: The value of the chosen one.
///   - autocomplete: What a browser may fill in.
///   - id: Unique on the page; the name where it occurs once.
///   - hint: Explains.
///   - error: What is wrong with the value.
///   - locked: Where the value is set; it cannot be changed here then.
/// - Returns: The field.
func selectField(
    _ label: String, name: String, _ options: [SelectOption], selected: String,
    autocomplete: Autocomplete? = nil, id: String? = nil, hint: (any HTMLContent)? = nil,
    error: FieldError? = nil, locked: (any HTMLContent)? = nil
) -> HTML {
    let frame = FieldFrame(
        label: label, id: id ?? name, presence: .unmarked, hint: hint, error: error, locked: locked)
    let own: [Attribute?] = [
        .class("input"), .name(name).when(locked == nil),
        autocomplete.map { .autocomplete($0.rawValue) }, Attribute("disabled").when(locked != nil),
    ]
    return frame {
        element("select", with: own + frame.references) {
            for option in options {
                element(
                    "option", .value(option.value), option.language.map { Attribute("lang", $0) },
                    Attribute("selected").when(option.value == selected)
                ) { option.label }
            }
        }
    }
}
