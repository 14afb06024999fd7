/// What is shown when its summary is clicked.
///
/// - Parameters:
///   - summary: Says what is in it.
///   - id: Unique on the page, for a link that leads here.
///   - isOpen: Whether it is open when the page opens: it contains an error.
///   - content: What is in it.
/// - Returns: The fold.
func fold(
    _ summary: String, id: String? = nil, isOpen: Bool = false, @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element(
        "details", .class("fold"), id.map(Attribute.id), Attribute("open").when(isOpen)
    ) {
        element("summary") { summary }
        content()
    }
}
