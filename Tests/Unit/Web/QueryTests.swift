import Auth
import Testing

@testable import Web

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
    func `the values of a name are found and decoded`(query: String, values: [String]) throws {
        #expect(try Query.values(of: "invite", in: Array(query.utf8)[...]) == values)
    }

    @Test func `without a query there are none`() throws {
        #expect(try Query.values(of: "invite", in: nil) == [])
    }

    @Test(arguments: ["invite=%FF", "invite=a&invite=%C3", "invite=%ED%A0%80", "invite=\u{e9}%80"])
    func `what is not UTF-8 is refused, never replaced`(query: String) throws {
        let query = Array(query.utf8)[...]
        #expect(throws: RequestError.self) { try Query.values(of: "invite", in: query) }
        #expect(throws: RequestError.self) { try Query.pairs(in: query, maximumCount: 10) }
        #expect(try Query.values(of: "other", in: query) == [], "what nobody asks for")
    }

    @Test func `a form names everything that is not UTF-8`() {
        let form = Array("a=%FF&b=x&c=%FE&%FD=x".utf8)[...]
        let error = #expect(throws: RequestError.self) {
            try Query.pairs(in: form, maximumCount: 10)
        }
        guard let error, case .domain(.invalidInput(let inputs)) = error else {
            Issue.record("no invalidInput")
            return
        }
        #expect(inputs.map(\.field) == ["a", "c", "body"])
    }
}
