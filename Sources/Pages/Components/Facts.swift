/// Terms and what they are.
func facts(@HTMLBuilder _ content: () -> HTML) -> HTML {
    element("dl", .class("facts"), content: content)
}

/// One term and what it is.
func fact(_ term: String, _ value: any HTMLContent) -> HTML {
    html {
        element("dt") { term }
        element("dd") { value.html }
    }
}

/// One term and what it is, in fixed width: an identifier.
func fact(_ term: String, identifier: String) -> HTML {
    html {
        element("dt") { term }
        element("dd", .class("mono small")) { identifier }
    }
}

/// Figures at a glance.
func stats(@HTMLBuilder _ content: () -> HTML) -> HTML {
    element("dl", .class("stats"), content: content)
}

/// One figure.
///
/// - Parameters:
///   - term: What is counted.
///   - figure: Formatted.
///   - about: What it consists of.
/// - Returns: The tile.
func stat(_ term: String, _ figure: String, about: String? = nil) -> HTML {
    div("stat") {
        element("dt") { term }
        element("dd") {
            figure
            if let about { element("small") { about } }
        }
    }
}
