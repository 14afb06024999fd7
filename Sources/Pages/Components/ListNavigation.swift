/// A link with its text.
struct Link: Sendable {
    let text: String
    let address: String

    init(_ text: String, _ address: String) {
        self.text = text
        self.address = address
    }
}

/// Links below a card: what one may want to do instead.
///
/// - Parameters:
///   - label: Names the navigation.
///   - links: At least one.
///   - isApart: Whether the last is at the other edge.
/// - Returns: The navigation.
func links(_ label: String, _ links: [Link], isApart: Bool = false) -> HTML {
    element(
        "nav", .class(isApart ? "card-foot links apart" : "card-foot links"), .aria(.label, label)
    ) {
        for link in links { a(link.address) { link.text } }
    }
}

/// A search in a list; the words are in the address.
///
/// - Parameters:
///   - action: The page of the list.
///   - label: What is searched.
///   - name: Of the parameter.
///   - value: The words that were searched.
///   - verb: Of the button.
///   - error: What is wrong with the words.
///   - hidden: Parameters that are kept, such as filter and order.
/// - Returns: The form.
func toolbar(
    _ action: String, label: String, name: String, value: String, verb: String,
    error: FieldError? = nil, hidden: [(name: String, value: String?)] = []
) -> HTML {
    element(
        "form", .class("toolbar"), Attribute("role", "search"), Attribute("method", "get"),
        Attribute("action", action)
    ) {
        for (name, value) in hidden {
            if let value { hiddenField(name, value) }
        }
        field(
            label, name: name, autocomplete: .off, type: .search, value: value, presence: .unmarked,
            error: error)
        button(verb)
    }
}

/// The fields that choose a part of a list; what they contain is in the address.
///
/// - Parameters:
///   - action: The page of the list.
///   - label: Names the form.
///   - content: Fields and one button.
/// - Returns: The form.
func filterForm(
    _ action: String, label: String, @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element(
        "form", .class("toolbar"), Attribute("role", "search"), .aria(.label, label),
        Attribute("method", "get"), Attribute("action", action), content: content)
}

/// A part of a list that may be chosen.
struct Filter: Sendable {
    let link: Link
    /// How many there are, formatted.
    let count: String?
    let isCurrent: Bool

    init(_ text: String, _ address: String, count: String? = nil, isCurrent: Bool) {
        link = Link(text, address)
        self.count = count
        self.isCurrent = isCurrent
    }
}

/// The parts of a list.
func filters(_ label: String, _ filters: [Filter]) -> HTML {
    element("nav", .class("filters"), .aria(.label, label)) {
        element("ul") {
            for filter in filters {
                li {
                    element(
                        "a", .href(filter.link.address),
                        Attribute.aria(.current, "page").when(filter.isCurrent)
                    ) {
                        filter.link.text
                        if let count = filter.count {
                            " "
                            span("count") { count }
                        }
                    }
                }
            }
        }
    }
}

/// Where one is in a list, and the pages beside.
///
/// - Parameters:
///   - label: Names the navigation.
///   - summary: "1 to 50 of 1,284".
///   - first: The first page, of a list where one goes on from page to page.
///   - previous: The page before.
///   - next: The page after.
/// - Returns: The navigation.
func pagination(
    _ label: String, _ summary: String, first: Link? = nil, previous: Link? = nil, next: Link?
) -> HTML {
    element("nav", .class("pagination"), .aria(.label, label)) {
        element("span") { summary }
        if first != nil || previous != nil || next != nil {
            span("actions") {
                if let first { a(first.address, class: "button quiet") { first.text } }
                if let previous { pageLink(previous, "prev") }
                if let next { pageLink(next, "next") }
            }
        }
    }
}

private func pageLink(_ link: Link, _ relation: String) -> HTML {
    element(
        "a", .class("button quiet"), Attribute("rel", relation), .href(link.address)
    ) { link.text }
}
