/// A list of things with an action each: sessions, keys, approvals.
func rows(@HTMLBuilder _ content: () -> HTML) -> HTML { ul("rows", content) }

/// One of the list.
///
/// - Parameters:
///   - pictogram: What kind of thing.
///   - name: Names it; a person's name in `bdi`.
///   - badge: Its status.
///   - about: What else is known of it.
///   - action: One form or link, or `actions`.
/// - Returns: The item.
func row(
    _ pictogram: Icon, _ name: any HTMLContent, badge: HTML? = nil, about: (any HTMLContent)? = nil,
    action: HTML? = nil
) -> HTML {
    li {
        icon(pictogram)
        div("what") {
            span("what-name") {
                name.html
                if let badge {
                    " "
                    badge
                }
            }
            if let about { span("muted small") { about.html } }
        }
        action
    }
}
