import API
import ArgumentParser
import JSON

/// How the items of a list are printed.
struct Listing<Item: Sendable> {
    /// A column of the table.
    struct Column {
        /// Its head, shown on a terminal.
        let title: String
        /// Its content.
        let text: (Item) -> String

        init(_ title: String, _ text: @escaping (Item) -> String) {
            self.title = title
            self.text = text
        }
    }

    /// The table, from left to right.
    let columns: [Column]
    /// The item as the HTTP API answers it.
    let object: (Item) -> JSONObject
}

/// How a list is wanted.
struct ListOptions: ParsableArguments {
    @Flag(help: "Print one JSON array; its objects are those of the HTTP API.") var json = false
}

/// Prints a list page by page, so that no more than a page is in memory.
struct ListPrinter<Item: Sendable> {
    private enum Style {
        /// A line for each item, its cells separated by tabs.
        case tabs
        /// Aligned columns under their heads; the widths so far.
        case table([Int])
        /// One array.
        case json
    }

    private let listing: Listing<Item>
    private var style: Style
    private var isEmpty = true

    /// A list of which nothing is printed yet.
    init(_ listing: Listing<Item>, _ options: ListOptions) {
        self.listing = listing
        style = options.json ? .json : StandardOutput.isTerminal ? .table([]) : .tabs
    }

    /// Prints a page.
    ///
    /// - Throws: `OutputError`.
    mutating func add(_ items: [Item]) throws(OutputError) {
        guard !items.isEmpty else { return }
        var text: [UInt8] = []
        switch style {
        case .json:
            for (index, item) in items.enumerated() {
                text += (isEmpty && index == 0 ? "[\n" : ",\n").utf8
                text += listing.object(item).encoded()
            }
        case .tabs:
            for item in items { text += (cells(of: item).joined(separator: "\t") + "\n").utf8 }
        case .table(var widths):
            var rows = items.map(cells(of:))
            if isEmpty { rows.insert(listing.columns.map(\.title), at: 0) }
            for row in rows { widths = Self.widths(of: row, atLeast: widths) }
            for row in rows { text += (Self.line(row, widths) + "\n").utf8 }
            style = .table(widths)
        }
        isEmpty = false
        try StandardOutput.write(text)
    }

    /// Prints what has to follow the last page.
    ///
    /// - Throws: `OutputError`.
    func end() throws(OutputError) {
        if case .json = style { try StandardOutput.line(isEmpty ? "[]" : "\n]") }
    }

    /// Nothing in a cell can end its line or steer a terminal.
    private func cells(of item: Item) -> [String] {
        listing.columns.map { column in
            var text: [UInt8] = []
            JSONText.appendEscaped(column.text(item), to: &text, quotes: false)
            return String(decoding: text, as: UTF8.self)
        }
    }

    private static func widths(of row: [String], atLeast widths: [Int]) -> [Int] {
        row.enumerated().map { index, cell in
            max(cell.count, index < widths.count ? widths[index] : 0)
        }
    }

    private static func line(_ row: [String], _ widths: [Int]) -> String {
        let padded = zip(row, widths).enumerated().map { index, cell in
            index == row.count - 1
                ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
        }
        return padded.joined(separator: "  ")
    }
}
