import Crypto
import HTTP
import JSON
import TestSupport
import Testing

@testable import Auth

extension Visitor {
    /// The recovery codes that a page shows.
    static func recoveryCodes(on page: ReceivedAnswer) -> [String] {
        page.body.matches(of: /<li>(?<code>[A-Z2-7]{4}(-[A-Z2-7]{4}){3})<\/li>/)
            .map { String($0.output.code) }
    }

    /// Adds an authenticator app in a session that has just begun.
    ///
    /// - Returns: Its secret, and the page that follows its first code.
    /// - Throws: Where no secret is shown.
    func addApp() throws -> (secret: Secret, page: ReceivedAnswer) {
        let begun = try post("/auth/totp")
        let found = try #require(begun.body.firstMatch(of: /secret=(?<secret>[A-Z2-7]+)/))
        let secret = try #require(
            Base32.decode(found.output.secret.utf8).flatMap { Secret(bytes: $0) })
        return (secret, try post("/auth/totp/confirm", ["code": code(of: secret)]))
    }

    /// The code that an app shows now.
    func code(of secret: Secret) -> String {
        TOTP.code(secret: secret, step: TOTP.step(at: harness.world.clock.now.seconds))
    }

    /// Answers the second step with the next code of an app.
    func enterCode(of secret: Secret, trusting: Bool = false) throws -> ReceivedAnswer {
        harness.world.clock.advance(seconds: Int(TOTP.period))
        return try post(
            "/auth/login/second",
            ["method": "totp", "code": code(of: secret), "trust": trusting ? "true" : "false"])
    }

    /// Answers the second step with a recovery code.
    func enter(recoveryCode: String, returningTo target: String = "") throws -> ReceivedAnswer {
        try post(
            "/auth/login/second",
            ["method": "recovery", "code": recoveryCode, "return_to": target])
    }

    /// Adds a passkey, as script and form of a page do.
    func add(_ passkey: inout TestPasskey, named name: String) throws -> ReceivedAnswer {
        let (challenge, userHandle) = try options("/auth/passkeys/options", "{}")
        let options = RegistrationOptions(
            rpID: passkey.rpID, rpName: "", userHandle: try #require(userHandle), email: "",
            name: "", challenge: challenge, algorithms: [], lifetime: 0, excluded: [])
        let made = passkey.register(options)
        let response =
            #"{"clientDataJSON":"\#(Base64URL.encode(made.clientData))","#
            + #""attestationObject":"\#(Base64URL.encode(made.attestationObject))"}"#
        return try post(
            "/auth/passkeys",
            ["name": name, "credential": Self.credential(made.handle, response)])
    }

    /// What a form gets when a passkey is used.
    ///
    /// - Parameters:
    ///   - passkey: The passkey.
    ///   - request: The JSON that the form has for it.
    /// - Returns: The value of its field.
    /// - Throws: Where no options come.
    func use(_ passkey: inout TestPasskey, for request: String = "{}") throws -> String {
        let (challenge, _) = try options("/auth/passkeys/challenge", request)
        let made = passkey.use(
            AssertionOptions(
                rpID: passkey.rpID, challenge: challenge, lifetime: 0, allowed: [],
                requiresUserVerification: false))
        let response =
            #"{"clientDataJSON":"\#(Base64URL.encode(made.clientData))","#
            + #""authenticatorData":"\#(Base64URL.encode(made.authenticatorData))","#
            + #""signature":"\#(Base64URL.encode(made.signature))","#
            + #""userHandle":"\#(Base64URL.encode(made.userHandle ?? []))"}"#
        return Self.credential(made.handle, response)
    }

    private func options(
        _ path: String, _ request: String
    ) throws -> (challenge: [UInt8], userHandle: [UInt8]?) {
        let answer = try ask(path, request)
        let whole = try JSONValue.decode(Array(answer.body.utf8))
        let options = try #require(whole["publicKey"], "\(answer.text)")
        return (
            try #require(options["challenge"]?.bytes), options["user"]?["id"]?.bytes
        )
    }

    private static func credential(_ handle: [UInt8], _ response: String) -> String {
        let id = Base64URL.encode(handle)
        return #"{"id":"\#(id)","rawId":"\#(id)","type":"public-key","response":\#(response)}"#
    }
}

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The bytes of a text in base64url.
    fileprivate var bytes: [UInt8]? {
        guard case .string(let text) = self else { return nil }
        return Base64URL.decode(text.utf8)
    }
}
