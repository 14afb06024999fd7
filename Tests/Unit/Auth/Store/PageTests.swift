import Crypto
import Testing

@testable import Auth

struct PageTests {
    private static let cursor = Cursor(
        createdAt: Timestamp(milliseconds: 1_700_000_000_123), id: .random())

    @Test(arguments: [cursor, Cursor(createdAt: Timestamp(milliseconds: -1), id: .random())])
    func `a cursor survives formatting and parsing`(cursor: Cursor) {
        #expect(Cursor(cursor.text) == cursor)
        #expect(cursor.text.utf8.count == 32)
    }

    @Test(arguments: AccountSort.allCases)
    func `a cursor is one of its own order alone`(sort: AccountSort) throws {
        let id = UUID.random()
        let names = ["", "ada", "o", String(repeating: "\u{1D160}", count: 300)]
        let isByAge = sort == .newest || sort == .oldest
        let cursors =
            isByAge
            ? [Cursor(createdAt: Timestamp(milliseconds: 1), id: id, sort)]
            : names.map { Cursor(foldedName: $0, id: id, sort) }
        for cursor in cursors {
            #expect(Cursor(cursor.text, of: sort) == cursor)
            for other in AccountSort.allCases where other != sort {
                #expect(Cursor(cursor.text, of: other) == nil)
            }
            #expect(cursor.text.utf8.count <= 1_624)
        }
        let long = Cursor(foldedName: String(repeating: "a", count: 1_201), id: id, .name)
        #expect(Cursor(long.text, of: .name) == nil)
        for text in [
            "n.", "n.AAAA", "n" + Self.cursor.text, "n." + Base64URL.encode(id.octets + [0xFF]),
            "n." + Base64URL.encode(id.octets + [97, 0]),
        ] {
            #expect(Cursor(text, of: .name) == nil)
        }
    }

    @Test(arguments: [
        "", "x", String(repeating: "A", count: 31), String(repeating: "A", count: 33),
    ])
    func `text of another length is no cursor`(text: String) {
        #expect(Cursor(text) == nil)
    }

    @Test func `a page with more items behind it has the cursor of the next page`() {
        let rows = (1...4).map { Int64($0) }
        let place = { (row: Int64) in
            Cursor(createdAt: Timestamp(milliseconds: row), id: Self.cursor.id)
        }
        let full = Page(rows, of: PageRequest(limit: 3), cursor: place)
        #expect(full.items == [1, 2, 3] && full.next == place(3))
        let last = Page(rows, of: PageRequest(limit: 4), cursor: place)
        #expect(last.items == rows && last.next == nil)
        #expect(full.map { $0 * 2 }.items == [2, 4, 6] && full.map { $0 * 2 }.next == place(3))
    }
}
