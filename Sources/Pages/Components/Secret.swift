/// A text that is shown once, with a button that copies it.
///
/// - Parameters:
///   - text: The secret.
///   - id: Unique on the page.
///   - copy: What the button says: "Copy link".
///   - texts: What it says afterwards.
/// - Returns: The box.
func secret(_ text: String, id: String, copy: String, texts: any ComponentTexts) -> HTML {
    div("secret") {
        element("code", .id(id)) { text }
        element(
            "button", .class("button needs-script"), .type("button"),
            Attribute("data-copy", "#\(id)"), Attribute("data-copied", texts.copied)
        ) {
            icon(.copy)
            element("span", .aria(.live, "polite")) { copy }
        }
    }
}

/// An example for a terminal.
func codeblock(_ text: String) -> HTML { element("pre", .class("codeblock")) { text } }
