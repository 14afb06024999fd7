/// A column of a table: its heading, and its cell for an item.
struct Column<Item> {
    fileprivate let label: String
    fileprivate var sort: SortLink?
    fileprivate let kind: Kind
    fileprivate let cell: (Item) -> HTML

    fileprivate enum Kind {
        case name, sentence, text, short, number, actions
    }

    /// What the item is called: the heading of its row.
    static func name(
        _ label: String, sort: SortLink? = nil, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, sort: sort, kind: .name, cell: cell) }

    /// What happened: the heading of its row, which is too long for anything beside it in a card.
    static func sentence(
        _ label: String, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, kind: .sentence, cell: cell) }

    /// Text or a badge.
    static func text(
        _ label: String, sort: SortLink? = nil, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, sort: sort, kind: .text, cell: cell) }

    /// Text that stays on one line: a time.
    static func short(
        _ label: String, sort: SortLink? = nil, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, sort: sort, kind: .short, cell: cell) }

    /// A number, aligned at its end.
    static func number(
        _ label: String, sort: SortLink? = nil, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, sort: sort, kind: .number, cell: cell) }

    /// Forms of one button each; nothing where there is nothing to do.
    ///
    /// The heading is unseen.
    static func actions(
        _ label: String, @HTMLBuilder _ cell: @escaping (Item) -> HTML
    ) -> Column { Column(label: label, kind: .actions, cell: cell) }
}

/// The order of a table by one column, as a link in its heading.
struct SortLink: Sendable {
    /// The page with the order that a click leads to.
    let address: String
    /// How the table is sorted by this column; nil where it is sorted by another.
    let direction: Direction?

    enum Direction: String, Sendable {
        case ascending, descending
    }

    init(_ address: String, _ direction: Direction? = nil) {
        self.address = address
        self.direction = direction
    }
}

/// Many things with the same properties; in a narrow window a row is a card.
///
/// In a panel, whose title names it.
func table<Item>(_ columns: [Column<Item>], _ items: [Item]) -> HTML {
    element("table", .class("table")) {
        element("thead") {
            element("tr") { for column in columns { column.head } }
        }
        element("tbody") {
            for item in items {
                element("tr") { for column in columns { column.body(item) } }
            }
        }
    }
}

extension Column {
    fileprivate var head: HTML {
        element(
            "th", Attribute("scope", "col"), Attribute.class("number").when(kind == .number),
            sort?.direction.map { .aria(.sort, $0.rawValue) }
        ) {
            if let sort {
                a(sort.address) {
                    label
                    if let direction = sort.direction {
                        " "
                        element("span", .aria(.hidden, "true")) {
                            direction == .ascending ? "↑" : "↓"
                        }
                    }
                }
            } else if kind == .actions {
                unseen(label)
            } else {
                label
            }
        }
    }

    fileprivate func body(_ item: Item) -> HTML {
        let content = cell(item)
        return switch kind {
        case .name: element("th", Attribute("scope", "row")) { content }
        case .sentence: element("th", .class("wide"), Attribute("scope", "row")) { content }
        case .text: element("td", Attribute("data-label", label)) { content }
        case .short:
            element("td", Attribute("data-label", label), .class("nowrap")) { content }
        case .number:
            element("td", Attribute("data-label", label), .class("number")) { content }
        case .actions:
            element("td") { if !content.isEmpty { div("actions") { content } } }
        }
    }
}

/// A person in a list: the name, and the address below it.
///
/// - Parameters:
///   - name: Of any direction and length.
///   - about: The address, or what else tells two of the same name apart.
///   - address: The page about the person.
/// - Returns: The two lines.
func person(_ name: String, about: String, _ address: String? = nil) -> HTML {
    span("person") {
        if let address {
            a(address) { bdi(name) }
        } else {
            bdi(name)
        }
        element("span") { bdi(about) }
    }
}
