import Testing

@testable import Pages

/// The parts of a long list of the account page.
struct ListPartTests {
    private func part(of count: Int, _ page: String) -> ListPart<Int> {
        ListPart(of: Array(1...count), page: page)
    }

    @Test(arguments: ["", "0", "1", "01", "-1", "x", "1.5", "99999999999999999999"])
    func `anything but the number of a later part is the first`(page: String) {
        let part = part(of: 25, page)
        #expect(part.range == 1...10)
        #expect(Array(part.items) == Array(1...10))
        #expect(!part.hasPrevious)
        #expect(part.hasNext)
    }

    @Test(arguments: ["3", "4", "9999"])
    func `a number beyond the last part is the last`(page: String) {
        let part = part(of: 25, page)
        #expect(part.range == 21...25)
        #expect(Array(part.items) == Array(21...25))
        #expect(part.hasPrevious)
        #expect(!part.hasNext)
    }

    @Test func `a list of one part has no other`() {
        let part = part(of: 10, "2")
        #expect(part.range == 1...10)
        #expect(!part.hasPrevious)
        #expect(!part.hasNext)
    }
}
