/// How a button looks.
enum ButtonStyle: String, Sendable {
    case secondary = ""
    /// At most one in a form.
    case primary = " primary"
    case danger = " danger"
    case quiet = " quiet"
    case quietDanger = " quiet danger"
}

/// A button that sends its form.
///
/// - Parameters:
///   - verb: With its object: "Create invitation".
///   - style: How it looks.
///   - object: In a row, where the verb is enough to see: what it acts on, for screen readers.
///   - value: The field that tells one button of a form from another.
///   - isBlock: Whether it is as wide as its card.
///   - pictogram: Before the verb.
/// - Returns: The button.
func button(
    _ verb: String, _ style: ButtonStyle = .secondary, object: String? = nil,
    value: (name: String, value: String)? = nil, isBlock: Bool = false, icon pictogram: Icon? = nil
) -> HTML {
    element(
        "button", .class(classes(style, isBlock)), value.map { .name($0.name) },
        value.map { .value($0.value) }
    ) { content(verb, object, pictogram) }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
///
/// - Parameters:
///   - text: Says what follows.
///   - address: Where it leads.
///   - style: How it looks.
///   - object: In a row, what it is about, for screen readers.
///   - isBlock: Whether it is as wide as its card.
///   - pictogram: Before the text.
/// - Returns: The link.
func linkButton(
    _ text: String, _ address: String, _ style: ButtonStyle = .secondary, object: String? = nil,
    isBlock: Bool = false, icon pictogram: Icon? = nil
) -> HTML {
    a(address, class: classes(style, isBlock)) { content(text, object, pictogram) }
}

/// Buttons beside each other.
func actions(@HTMLBuilder _ content: () -> HTML) -> HTML { div("actions", content) }

private func classes(_ style: ButtonStyle, _ isBlock: Bool) -> String {
    "button" + style.rawValue + (isBlock ? " block" : "")
}

@HTMLBuilder
private func content(_ text: String, _ object: String?, _ pictogram: Icon?) -> HTML {
    if let pictogram { icon(pictogram) }
    text
    if let object { unseen(" \(object)") }
}
