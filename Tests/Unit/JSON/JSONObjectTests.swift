import Testing

@testable import JSON

@Suite struct JSONObjectTests {
    @Test func `an object without members is two braces`() {
        #expect(String(decoding: JSONObject().encoded(), as: UTF8.self) == "{}")
    }

    @Test func `members are written in the order they were added`() {
        var user = JSONObject()
        user.add("id", .integer(7))
        user.add("email", .string("a@example.org"))
        var answer = JSONObject()
        answer.add("token", .string("x.y.z"))
        answer.add("user", user)
        answer.add("again", JSONObject())
        answer.add("Also", .array([.bool(true)]))
        #expect(
            String(decoding: answer.encoded(), as: UTF8.self)
                == #"{"token":"x.y.z","user":{"id":7,"email":"a@example.org"},"again":{},"Also":[true]}"#
        )
    }

    @Test func `a member's name is escaped`() {
        var object = JSONObject()
        object.add("a\"\n", .null)
        #expect(String(decoding: object.encoded(), as: UTF8.self) == #"{"a\"\n":null}"#)
    }

    @Test func `a written object can be read`() throws {
        var object = JSONObject()
        object.add("a", .string("\u{0}\"\\\u{7F}\u{2028}é"))
        object.add("b", .number(-1.5e300))
        let expected = JSONValue.object([
            "a": .string("\u{0}\"\\\u{7F}\u{2028}é"), "b": .number(-1.5e300),
        ])
        #expect(try JSONValue.decode(object.encoded()) == expected)
    }
}
