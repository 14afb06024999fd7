import Auth
import HTTP
import Testing

@testable import Web

/// What a response of a passkey is read from.
struct PasskeyInputTests {
    private static let registration =
        #"{"id":"AQI","rawId":"AQI","type":"public-key","clientExtensionResults":{"credProps":"#
        + #"{"rk":true}},"authenticatorAttachment":"platform","response":{"clientDataJSON":"e30","#
        + #""attestationObject":"AwQ","transports":["internal","hybrid"],"publicKey":"BQ","#
        + #""publicKeyAlgorithm":-7}}"#
    private static let assertion =
        #"{"id":"AQI","rawId":"AQI","type":"public-key","response":{"clientDataJSON":"e30","#
        + #""authenticatorData":"AwQ","signature":"BQ","userHandle":"Bg"}}"#

    private static func body(_ credential: String) throws -> RequestBody {
        try RequestBody(json: #"{"credential":\#(credential)}"#)
    }

    private static func form(_ credential: String) throws -> RequestBody {
        let escaped = credential.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }
        return try RequestBody(form: "credential=\(escaped.joined())")
    }

    @Test func `a response is an object, in a form its text`() throws {
        let response = PasskeyAssertion(
            handle: [1, 2], clientData: Array("{}".utf8), authenticatorData: [3, 4],
            signature: [5], userHandle: [6])
        let made = PasskeyRegistration(
            handle: [1, 2], clientData: Array("{}".utf8), attestationObject: [3, 4],
            transports: ["internal", "hybrid"])
        for body in [Self.body, Self.form] {
            #expect(
                try PasskeyInput(body(Self.assertion), "credential") == .response(response))
            #expect(try PasskeyRegistration(body(Self.registration)) == made)
        }
    }

    @Test func `an authenticator may leave out what it need not send`() throws {
        for userHandle in ["", #","userHandle":null"#] {
            let text = Self.assertion.replacing(#","userHandle":"Bg""#, with: userHandle)
            let assertion = try PasskeyInput(Self.body(text), "credential").assertion()
            #expect(assertion.userHandle == nil)
        }
        let text = Self.registration.replacing(#""transports":["internal","hybrid"],"#, with: "")
        #expect(try PasskeyRegistration(Self.body(text)).transports == [])
    }

    @Test func `null is absent, and absent is refused where it is required`() throws {
        for body in ["{}", #"{"credential":null}"#] {
            let input = PasskeyInput(try RequestBody(json: body), "credential")
            #expect(input == .absent)
            #expect(Self.objections { try input.assertion() } == ["credential"])
            #expect(
                Self.objections { try PasskeyRegistration(RequestBody(json: body)) }
                    == ["credential"])
        }
    }

    @Test(
        arguments: [
            (#""AQI""#, ["credential"]), ("7", ["credential"]), ("[]", ["credential"]),
            ("{}", ["credential.type", "credential.response", "credential.rawId"]),
            (
                assertion.replacing("public-key", with: "password"), ["credential.type"]
            ),
            (
                assertion.replacing(#""id":"AQI""#, with: #""id":"AQM""#), ["credential.id"]
            ),
            (
                assertion.replacing(#""rawId":"AQI","#, with: ""), ["credential.rawId"]
            ),
            (
                assertion.replacing(#""rawId":"AQI""#, with: #""rawId":"AQI=""#),
                ["credential.rawId"]
            ),
            (
                #"{"id":"AQI","rawId":"AQI","type":"public-key","response":{}}"#,
                [
                    "credential.response.clientDataJSON", "credential.response.authenticatorData",
                    "credential.response.signature",
                ]
            ),
            (
                assertion.replacing(#""signature":"BQ""#, with: #""signature":"B+""#),
                ["credential.response.signature"]
            ),
            (
                assertion.replacing(#""signature":"BQ""#, with: #""signature":5"#),
                ["credential.response.signature"]
            ),
            (
                assertion.replacing(#""userHandle":"Bg""#, with: #""userHandle":"""#),
                ["credential.response.userHandle"]
            ),
        ])
    func `every part that is malformed is named`(text: String, fields: [String]) throws {
        let input = PasskeyInput(try Self.body(text), "credential")
        guard case .malformed(let objections) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(objections.map(\.field) == fields)
        #expect(Self.objections { try input.assertion() } == fields)
    }

    @Test(
        arguments: [
            ("rawId", 1_023), ("clientDataJSON", 4_096), ("authenticatorData", 4_096),
            ("signature", 1_024), ("userHandle", 64),
        ])
    func `every part is bounded before it is decoded`(member: String, maximum: Int) throws {
        for (count, isTaken) in [(maximum, true), (maximum + 1, false)] {
            let value = Base64URLText.zeros(count)
            var text = Self.assertion
            let names = member == "rawId" ? ["rawId", "id"] : [member]
            for name in names {
                text = text.replacing(
                    try Regex("\"\(name)\":\"[A-Za-z0-9_-]*\""), with: "\"\(name)\":\"\(value)\"")
            }
            let input = PasskeyInput(try Self.body(text), "credential")
            if case .response = input { #expect(isTaken) } else { #expect(!isTaken) }
        }
    }

    @Test(arguments: [#"["usb",7]"#, #""usb""#, #"["\#(String(repeating: "x", count: 33))"]"#])
    func `transports are short words`(transports: String) throws {
        let text = Self.registration.replacing(#"["internal","hybrid"]"#, with: transports)
        #expect(
            Self.objections { try PasskeyRegistration(Self.body(text)) }
                == ["credential.response.transports"])
    }

    @Test func `a form whose text is not JSON is refused`() throws {
        for text in ["x", "7", #"{"id":1,"id":2}"#, Self.assertion + "}"] {
            let input = PasskeyInput(try Self.form(text), "credential")
            #expect(Self.objections { try input.assertion() } == ["credential"])
        }
    }

    /// The fields that an `invalidInput` names.
    private static func objections<Value>(_ read: () throws -> Value) -> [String] {
        do {
            _ = try read()
            return []
        } catch RequestError.domain(.invalidInput(let objections)) {
            return objections.map(\.field)
        } catch {
            return ["\(error)"]
        }
    }
}

/// Base64url of zero bytes.
private enum Base64URLText {
    static func zeros(_ count: Int) -> String {
        String(repeating: "A", count: (count * 4 + 2) / 3)
    }
}
