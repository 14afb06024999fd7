/// The title of a page of account or administration.
///
/// - Parameters:
///   - title: The `h1`; a person's name in `bdi`.
///   - crumb: The page above.
///   - about: What the page is for, in a sentence.
///   - badges: The status of what the page shows.
///   - buttons: Buttons beside the title.
/// - Returns: The header.
func pageHead(
    _ title: any HTMLContent, crumb: Link? = nil, about: (any HTMLContent)? = nil,
    badges: HTML? = nil, actions buttons: HTML? = nil
) -> HTML {
    element("header", .class("page-head")) {
        element("div") {
            if let crumb {
                p("crumb") { a(crumb.address) { crumb.text } }
            }
            h1 { title.html }
            if let about { p("muted") { about.html } }
            if let badges { p("what-name") { badges } }
        }
        if let buttons { actions { buttons } }
    }
}

/// The title of a single card, below the name of the site.
///
/// - Parameters:
///   - brand: From `brandLink`.
///   - title: The `h1`: what this is, or what happened.
///   - about: Why, or what follows.
/// - Returns: The header.
func cardHead(_ brand: HTML, _ title: any HTMLContent, about: (any HTMLContent)? = nil) -> HTML {
    element("header", .class("card-head")) {
        brand
        h1 { title.html }
        if let about { p("muted") { about.html } }
    }
}
