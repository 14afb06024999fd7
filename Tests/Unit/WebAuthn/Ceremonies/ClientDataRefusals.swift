@testable import WebAuthn

/// What is refused in the client data of both ceremonies.
enum ClientDataRefusals {
    private typealias Change = Refusal<ClientDataText>

    /// All of them.
    static var all: [Refusal<ClientDataText>] { origins + frames + challenges + types + texts }

    private static let origins = [
        "http://example.com", "https://example.com:443", "https://example.com:8443",
        "https://example.com.evil.example", "https://evil-example.com", "https://www.example.com",
        "https://com", "https://EXAMPLE.com", "https://example.com/", "https://example.com.",
        "https://evil.example/https://example.com", "https://example.com@evil.example",
        "https://example.com\u{0}", " https://example.com", "example.com", "null", "",
        "android:apk-key-hash:https://example.com",
    ].map { origin in
        Change("the origin \(origin.debugDescription)", .origin) {
            $0["origin"] = ClientDataText.quoted(origin)
        }
    }

    private static let frames = [
        Change("a frame", .crossOrigin) { $0["crossOrigin"] = "true" },
        Change("a frame in another site", .crossOrigin) {
            $0["crossOrigin"] = "true"
            $0["topOrigin"] = "\"https://evil.example\""
        },
        Change("the page around a frame that is none", .topOrigin) {
            $0["topOrigin"] = "\"https://example.com\""
        },
        Change("a frame that is a text", .malformedClientData) { $0["crossOrigin"] = "\"false\"" },
        Change("a frame that is null", .malformedClientData) { $0["crossOrigin"] = "null" },
        Change("the page around null", .malformedClientData) { $0["topOrigin"] = "null" },
    ]

    /// The honest text has 43 symbols, with two unused bits in the last.
    private static let challenges = [
        Change("another challenge", .challenge) { $0.setChallenge { "B" + $0.dropFirst() } },
        Change("an empty challenge", .challenge) { $0["challenge"] = "\"\"" },
        Change("a challenge cut off", .challenge) { $0.setChallenge { String($0.dropLast()) } },
        Change("a longer challenge", .challenge) { $0.setChallenge { $0 + "A" } },
        Change("a padded challenge", .challenge) { $0.setChallenge { $0 + "=" } },
        Change("a challenge with unused bits", .challenge) {
            $0.setChallenge { $0.dropLast() + "5" }
        },
        Change("a challenge in upper case", .challenge) { $0.setChallenge { $0.uppercased() } },
        Change("a challenge that is a number", .malformedClientData) { $0["challenge"] = "1" },
        Change("no challenge", .malformedClientData) { $0["challenge"] = nil },
    ]

    private static let types = [
        Change("an unknown type", .type) { $0["type"] = "\"webauthn.other\"" },
        Change("a type in upper case", .type) { $0["type"] = "\"WEBAUTHN.GET\"" },
        Change("a payment", .type) { $0["type"] = "\"payment.get\"" },
        Change("no type", .malformedClientData) { $0["type"] = nil },
        Change("a type that is null", .malformedClientData) { $0["type"] = "null" },
        Change("no origin", .malformedClientData) { $0["origin"] = nil },
        Change("an origin in an array", .malformedClientData) {
            $0["origin"] = "[\"https://example.com\"]"
        },
    ]

    private static let texts = [
        changed("no client data", .size) { _ in [] },
        Change("client data of 4,097 bytes", .size) { $0.pad(to: 4_097) },
        changed("client data that are an array") { _ in Array("[]".utf8) },
        changed("client data without an end") { $0.dropLast() },
        changed("client data with more behind") { $0 + [0x7D] },
        changed("two texts of client data") { $0 + $0 },
        changed("a NUL behind client data") { $0 + [0] },
        changed("a comma too many") { $0.dropLast() + ",}".utf8 },
        changed("a comment") { "/**/".utf8 + $0 },
        Change("a challenge twice", .malformedClientData) { $0.repeatMember("challenge") },
        Change("an origin twice", .malformedClientData) { $0.repeatMember("origin") },
        Change("an unknown member twice", .malformedClientData) {
            $0["other"] = "1"
            $0.repeatMember("other")
        },
        changed("a type twice, once escaped") {
            $0.dropLast() + #","t\u0079pe":"webauthn.get"}"#.utf8
        },
        changed("client data that are no UTF-8") {
            $0.dropLast() + ",\"other\":\"".utf8 + [0xC3, 0x28] + "\"}".utf8
        },
        Change("half a surrogate pair", .malformedClientData) { $0["other"] = #""\ud800""# },
        changed("client data in UTF-16") { $0.flatMap { [0, $0] } },
        Change("client data nested too deep", .malformedClientData) {
            $0["other"] = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        },
    ]

    private static func changed(
        _ name: String, _ reason: WebAuthnError = .malformedClientData,
        _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Refusal<ClientDataText> {
        Change(name, reason) { $0.text = change($0.encoded) }
    }
}

extension ClientDataText {
    /// Changes the text of the challenge.
    fileprivate mutating func setChallenge(_ change: (String) -> String) {
        guard let quoted = self["challenge"] else { return }
        self["challenge"] = "\"\(change(String(quoted.dropFirst().dropLast())))\""
    }

    /// Adds a member that is there.
    fileprivate mutating func repeatMember(_ name: String) {
        members += members.filter { $0.name == name }
    }

    /// Adds a member, so that the text has so many bytes.
    mutating func pad(to count: Int) {
        text = nil
        members.append(("padding", "\"\""))
        let missing = count - encoded.count
        self["padding"] = "\"\(String(repeating: "p", count: missing))\""
        text = encoded
    }
}
