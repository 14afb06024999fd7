import Testing

@testable import API

struct QueryTests {
    @Test(
        arguments: [
            ("invite=x", ["x"]), ("a=b&invite=x&c", ["x"]), ("invite=x&invite=y", ["x", "y"]),
            ("invite", [""]), ("invite=", [""]), ("invite=a=b", ["a=b"]), ("%69nvite=x", ["x"]),
            ("invite=a%20b+c%2B", ["a b c+"]), ("invite=%C3%A9", ["é"]),
            ("", []), ("&&", []), ("=x", []), ("Invite=x", []), ("invites=x", []),
            // A malformed escape stands for itself.
            ("invite=%", ["%"]), ("invite=%4", ["%4"]), ("invite=%zz", ["%zz"]),
            ("invite=%+4", ["% 4"]), ("invite=%-1", ["%-1"]),
        ] as [(String, [String])])
    func `the values of a name are found and decoded`(query: String, values: [String]) {
        #expect(Query.values(of: "invite", in: Array(query.utf8)[...]) == values)
    }

    @Test func `without a query there are none`() {
        #expect(Query.values(of: "invite", in: nil) == [])
    }
}
