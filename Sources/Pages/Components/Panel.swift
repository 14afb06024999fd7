/// How a panel looks.
enum PanelStyle: String, Sendable {
    case plain = ""
    /// A table or rows reach its edges.
    case flush = " flush"
    /// What is done in it cannot be undone.
    case perilous = " perilous"
}

/// A section with a heading.
///
/// - Parameters:
///   - title: Names the section.
///   - id: Unique on the page; the address of the page with `#id` leads here.
///   - about: Explains it in a sentence.
///   - style: How it looks.
///   - isTitleUnseen: Whether the title of the page says the same.
///   - buttons: Buttons beside the heading.
///   - content: What is in it.
/// - Returns: The section.
func panel(
    _ title: String, id: String, about: (any HTMLContent)? = nil, _ style: PanelStyle = .plain,
    isTitleUnseen: Bool = false, actions buttons: HTML? = nil, @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element(
        "section", .class("panel" + style.rawValue), .id(id),
        isTitleUnseen ? .aria(.label, title) : .aria(.labelledBy, "\(id)-title")
    ) {
        if !isTitleUnseen {
            element("header", .class("panel-head")) {
                element("div") {
                    heading(.second, title, id: "\(id)-title")
                    if let about { p("muted") { about.html } }
                }
                if let buttons { actions { buttons } }
            }
        }
        content()
    }
}

/// Panels beside each other where the window is wide enough.
func columns(@HTMLBuilder _ content: () -> HTML) -> HTML { div("columns", content) }
