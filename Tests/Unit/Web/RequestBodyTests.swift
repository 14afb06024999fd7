import Auth
import Bytes
import HTTP
import TestSupport
import Testing

@testable import Web

/// A form is read as the JSON object would be that it stands for.
struct RequestBodyTests {
    @Test(
        arguments: [
            ("", .absent), ("other=x", .absent), ("name", .absent), ("name=", .absent),
            ("name=x", .text("x")), ("name=x&name=y", .text("y")), ("name=x&name=", .absent),
            ("name=+", .text(" ")), ("name=a+b%26c", .text("a b&c")), ("name=true", .text("true")),
            (
                "name=\(String(repeating: "x", count: 10_000))",
                .text(String(repeating: "x", count: 10_000))
            ),
            ("name=%E2%80%AE%3Cb%3E", .text("\u{202E}<b>")),
        ] as [(String, TextInput)])
    func `the last field of a name counts, an empty one as absent`(
        form: String, text: TextInput
    ) throws {
        #expect(try RequestBody(form: form).text("name") == text)
    }

    @Test(
        arguments: [
            ("", nil), ("on=", nil), ("on=true", true), ("on=false", false),
            ("on=false&on=true", true), ("on=true&on=false", false),
        ] as [(String, Bool?)])
    func `a box with a hidden companion is true or false`(form: String, flag: Bool?) throws {
        let body = try RequestBody(form: form)
        var objections: [InvalidInput] = []
        #expect(body.flag("on", &objections) == flag)
        #expect(body.optionalFlag("on", &objections) == flag)
        #expect(objections.isEmpty)
    }

    @Test(
        arguments: [
            ("", nil), ("uses=", nil), ("uses=25", 25), ("uses=1", 1), ("uses=9&uses=2", 2),
        ] as [(String, Int64?)])
    func `a number is its digits`(form: String, number: Int64?) throws {
        var objections: [InvalidInput] = []
        #expect(try RequestBody(form: form).integer("uses", in: 1...30, &objections) == number)
        #expect(objections.isEmpty)
    }

    @Test(
        arguments: [
            ("", nil), ("scopes=", []), ("scopes=&scopes=read", ["read"]),
            ("scopes=read&x=y&scopes=write", ["read", "write"]),
            ("scopes=read&scopes=read", ["read", "read"]),
        ] as [(String, [String]?)])
    func `of a list all values count`(form: String, texts: [String]?) throws {
        var objections: [InvalidInput] = []
        #expect(try RequestBody(form: form).texts("scopes", &objections) == texts)
        #expect(objections.isEmpty)
    }

    @Test(
        arguments: [
            ("", nil), ("end=", nil), ("end=30d", 30 * 86_400), ("end=12h", 43_200),
            ("end=3600", 3_600),
        ] as [(String, Int64?)])
    func `a lifetime is a text, or seconds`(form: String, seconds: Int64?) throws {
        var objections: [InvalidInput] = []
        #expect(try RequestBody(form: form).lifetime("end", &objections)?.seconds == seconds)
        #expect(objections.isEmpty)
    }

    @Test(arguments: [
        "on", "TRUE", "1", "yes", " true", "-1", "+5", "05", "5.0", "0x5", "31", "1e1",
        "99999999999999999999999", "x", "٣", "\u{e9}", String(repeating: "9", count: 10_000),
    ])
    func `anything else is an objection that names the field`(value: String) throws {
        var encoded: [UInt8] = []
        PercentEncoding.append(value.utf8, to: &encoded)
        let body = try RequestBody(form: "x=\(String(decoding: encoded, as: UTF8.self))")
        var objections: [InvalidInput] = []
        #expect(body.flag("x", &objections) == nil)
        #expect(body.integer("x", in: 2...30, &objections) == nil)
        #expect(objections.map(\.field) == ["x", "x"])
    }

    @Test(arguments: [
        "1e1", "0h", "11y", "-1d", "0", "315360001", "99999999999999999999", "d", "1D",
    ])
    func `a lifetime out of bounds is an objection`(value: String) throws {
        var objections: [InvalidInput] = []
        #expect(try RequestBody(form: "end=\(value)").lifetime("end", &objections) == nil)
        #expect(objections.map(\.field) == ["end"])
    }

    @Test func `a form names a field even if it is empty`() throws {
        let body = try RequestBody(form: "a=&b=x&c")
        #expect(["a", "b", "c", "d"].map(body.names) == [true, true, true, false])
        #expect(["a", "b", "c", "d"].map(body.has) == [false, true, false, false])
        let json = try RequestBody(json: #"{"a":null,"b":"x"}"#)
        #expect(["a", "b", "c"].map(json.names) == [true, true, false])
        #expect(["a", "b", "c"].map(json.has) == [false, true, false])
        #expect(body.isForm && !json.isForm)
    }

    @Test func `unknown fields are objected to, but not what pages add`() throws {
        let body = try RequestBody(form: "name=x&z=1&form_id=x&return_to=/&y=2&empty=")
        #expect(body.objections(toOthersThan: ["name"]).map(\.field) == ["y", "z"])
        let json = try RequestBody(json: #"{"name":"x","form_id":"x","z":null}"#)
        #expect(json.objections(toOthersThan: ["name"]).map(\.field) == ["form_id", "z"])
    }

    @Test(
        arguments: [
            ("a=%00&b=x&c=x%00y", ["a", "c"]), ("a=%FF&b=%C3", ["a", "b"]), ("%FF=x", ["body"]),
            (String(repeating: "a=b&", count: 512), ["body"]),
            (String(repeating: "&", count: 60_000), ["body"]),
        ] as [(String, [String])])
    func `hostile forms are refused with their fields`(form: String, fields: [String]) {
        let error = #expect(throws: RequestError.self) { try RequestBody(form: form) }
        guard let error, case .domain(.invalidInput(let inputs)) = error else {
            Issue.record("no invalidInput")
            return
        }
        #expect(inputs.map(\.field) == fields)
    }

    @Test(arguments: ["", "&&&", "=", "=&=", "a=b&", "%", "+"])
    func `odd forms are read`(form: String) throws {
        #expect(try RequestBody(form: form).text("name") == .absent)
    }

    @Test func `words mean nothing in JSON`() throws {
        let body = try RequestBody(json: #"{"f":"true","n":"5","l":"read","e":""}"#)
        var objections: [InvalidInput] = []
        #expect(body.flag("f", &objections) == nil)
        #expect(body.integer("n", in: 1...9, &objections) == nil)
        #expect(body.texts("l", &objections) == nil)
        #expect(objections.map(\.field) == ["f", "n", "l"])
        #expect(body.text("e") == .text(""))
    }
}

extension RequestBody {
    /// A body that a page posted.
    init(form: String) throws { try self.init(form, type: "application/x-www-form-urlencoded") }

    /// A body that a program sent.
    init(json: String) throws { try self.init(json, type: "application/json") }

    private init(_ body: String, type: String) throws {
        var request = try Request(wire: "POST / HTTP/1.1\nHost: a\nContent-Type: \(type)\n\n")
        request.body = Array(body.utf8)
        try self.init(request)
    }
}
