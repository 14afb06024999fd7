import Bytes

/// One of the parts in which a long list of the account page is shown; the address names it by number.
struct ListPart<Item> {
    let items: ArraySlice<Item>
    /// Counted from 1.
    let number: Int
    /// How many items there are in all.
    let count: Int

    /// The most items of a part.
    private static var size: Int { 10 }

    /// The part that a query names; the first for anything else than the number of a part.
    init(of items: [Item], page text: String) {
        let last = max((items.count + Self.size - 1) / Self.size, 1)
        number = min(max(Decimal.parse(text.utf8, maximumDigits: 4) ?? 1, 1), last)
        count = items.count
        self.items = items.dropFirst((number - 1) * Self.size).prefix(Self.size)
    }

    var hasPrevious: Bool { number > 1 }
    var hasNext: Bool { number * Self.size < count }
    /// The numbers of the items, counted from 1.
    var range: ClosedRange<Int> {
        let first = (number - 1) * Self.size + 1
        return first...max(first + items.count - 1, first)
    }
}

extension PageContext {
    /// The way to the other parts of a list; nil where there is one part.
    func navigation<Item>(_ part: ListPart<Item>, _ section: AccountSection) -> HTML? {
        guard part.hasPrevious || part.hasNext else { return nil }
        func link(_ text: String, _ number: Int) -> Link {
            Link(
                text,
                "\(Pages.Path.account)?\(section.rawValue)=\(number)#\(section.rawValue)")
        }
        return pagination(
            texts.pages(of: section), texts.shown(part.range, of: part.count),
            previous: part.hasPrevious ? link(texts.previousPage, part.number - 1) : nil,
            next: part.hasNext ? link(texts.nextPage, part.number + 1) : nil)
    }
}
