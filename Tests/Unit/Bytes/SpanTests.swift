import Bytes
import Testing

@Suite struct SpanTests {
    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2], false),
            ([1, 2, 3], [1, 2, 4], false),
            ([], [], true), ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `spans are compared by their bytes`(left: [UInt8], right: [UInt8], areEqual: Bool) {
        let result = left.span.equals(right.span)
        #expect(result == areEqual)
    }

    @Test func `the first index of a byte is searched from a position`() {
        let bytes: [UInt8] = [7, 1, 7, 2]
        let found = (0...5).map { bytes.span.firstIndex(of: 7, from: $0) }
        #expect(found == [0, 2, 2, nil, nil, nil])
    }

    @Test func `a collection without storage of its own is lent as a copy`() {
        let doubled = [UInt8](1...3).lazy.map { $0 * 2 }
        let lent = withSpan(of: doubled) { [UInt8](copying: $0) }
        #expect(lent == [2, 4, 6])
    }

    @Test func `wiping reaches as many bytes as asked for`() {
        var bytes: [UInt8] = [1, 2, 3, 4]
        wipe(&bytes, first: 2)
        #expect(bytes == [0, 0, 3, 4])
        wipe(&bytes)
        #expect(bytes == [0, 0, 0, 0])
        var none: [UInt8] = []
        wipe(&none)
        #expect(none.isEmpty)
    }
}
