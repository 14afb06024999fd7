/// A form that posts to this server.
///
/// - Parameters:
///   - action: A path of this server.
///   - names: Classes.
///   - hidden: Fields that are sent and not seen, by name.
///   - content: Fields and at least one button.
/// - Returns: The form.
func postForm(
    _ action: String, class names: String? = "stack",
    hidden: KeyValuePairs<String, String?> = [:], @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element(
        "form", names.map(Attribute.class), Attribute("method", "post"), Attribute("action", action)
    ) {
        for (name, value) in hidden {
            if let value { hiddenField(name, value) }
        }
        content()
    }
}

/// A form of one button.
func postForm(
    _ action: String, hidden: KeyValuePairs<String, String?> = [:], _ button: HTML
) -> HTML {
    postForm(action, class: nil, hidden: hidden) { button }
}

/// A field that is sent and not seen.
func hiddenField(_ name: String, _ value: String) -> HTML {
    void("input", .type("hidden"), .name(name), .value(value))
}
