import Testing

@testable import Pages

struct TableTests {
    private let columns = [
        Column<Int>.name("Name", sort: SortLink("?sort=name", .descending)) { "\($0)" },
        .text("Status", sort: SortLink("?sort=status")) { "s\($0)" },
        .actions("Actions") { $0 == 1 ? HTML("Approve") : HTML() },
    ]

    /// In a narrow window a row is a card, whose values have no heading but this.
    @Test func `each cell has the label of its column`() throws {
        let markup = try Markup(table(columns, [1, 2]))
        #expect(markup.values(of: "data-label") == ["Status", "Status"])
        #expect(markup.values(of: "scope") == ["col", "col", "col", "row", "row"])
    }

    @Test func `the sorted column says how`() throws {
        let markup = try Markup(table(columns, [1]))
        #expect(markup.values(of: "aria-sort") == ["descending"])
        #expect(markup.values(of: "href") == ["?sort=name", "?sort=status"])
        #expect(markup.texts.contains("↓"))
    }

    /// The style sheet hides empty cells.
    @Test func `a row without actions has an empty cell`() throws {
        let html = String(decoding: table(columns, [1, 2]).bytes, as: UTF8.self)
        #expect(html.contains(#"<td><div class="actions">Approve</div></td>"#))
        #expect(html.contains("<td></td>"))
    }
}
