/// What happened, in the order of time.
func log(@HTMLBuilder _ content: () -> HTML) -> HTML {
    element("ol", .class("log"), content: content)
}

/// One thing that happened.
///
/// - Parameters:
///   - time: When.
///   - what: What, in a sentence.
///   - about: Where and by whom.
///   - action: One form.
/// - Returns: The item.
func logEntry(
    _ time: HTML, _ what: any HTMLContent, about: HTML? = nil, action: HTML? = nil
) -> HTML {
    li {
        time
        div("what") {
            p { what.html }
            if let about, !about.isEmpty { p("muted small") { about } }
        }
        action
    }
}
