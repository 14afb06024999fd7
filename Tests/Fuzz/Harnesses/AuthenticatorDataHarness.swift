import Crypto

@testable import WebAuthn

/// Authenticator data end where they end; keys and signatures in them never make the library fail.
enum AuthenticatorDataHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        try checkEnd(input, of: .create)
        try checkEnd(input, of: .get)
        try checkKey(input)
        try checkUse(input)
        try checkSignature(input)
    }

    /// Whether bytes are data of a ceremony.
    private static func isRead(_ bytes: [UInt8], _ ceremony: ClientData.Ceremony) -> Bool {
        (try? AuthenticatorData(bytes, of: ceremony)) != nil
    }

    private static func checkEnd(
        _ input: [UInt8], of ceremony: ClientData.Ceremony
    ) throws(BrokenProperty) {
        guard isRead(input, ceremony) else { return }
        try check(!isRead(input.dropLast(), ceremony), "data that end before their end")
        try check(!isRead(input + [0], ceremony), "data that end behind their end")
        let other: ClientData.Ceremony = ceremony == .create ? .get : .create
        try check(!isRead(input, other), "data of both ceremonies")
    }

    /// What is taken for a key is in the data, and is the same key when it was stored.
    static func checkKey(_ data: [UInt8]) throws(BrokenProperty) {
        guard let made = try? AuthenticatorData(data, of: .create).credential else { return }
        let key: PublicKey
        do throws(WebAuthnError) {
            key = try FIDOCredential.publicKey(in: data, algorithm: made.algorithm)
        } catch {
            let expected: [WebAuthnError] = [.malformedKey, .malformedAuthenticatorData]
            try check(expected.contains(error), "the error \(error)")
            return
        }
        try check(key.algorithm == made.algorithm, "another algorithm")
        try check(PublicKey(encoded: key.encoded) == key, "another key once it is stored")
        let first = key.bytes.prefix(32)
        try check(
            data.indices.contains { data[$0...].starts(with: first) }, "a key that is not there")
    }

    private static func checkUse(_ input: [UInt8]) throws(BrokenProperty) {
        guard isRead(input, .get) else { return }
        for key in try CorpusSite.keys() {
            try checkRefusal(data: CorpusSite.data(input), signature: [0x30, 0], key)
        }
    }

    private static func checkSignature(_ input: [UInt8]) throws(BrokenProperty) {
        guard Bounds.signature.contains(input.count) else { return }
        let data = CorpusSite.data([UInt8](repeating: 0, count: 32) + [5, 0, 0, 0, 1])
        for key in try CorpusSite.keys() {
            try checkRefusal(data: data, signature: input, key)
        }
    }

    /// What the fuzzer makes is a signature of no such key.
    private static func checkRefusal(
        data: [UInt8], signature: [UInt8], _ key: PublicKey
    ) throws(BrokenProperty) {
        let response = AssertionResponse(
            credentialID: [1], clientDataJSON: [], authenticatorData: data, signature: signature,
            userHandle: nil)
        do throws(WebAuthnError) {
            try FIDOAssertion.verify(
                response, relyingPartyID: CorpusSite.site.id, clientDataHash: SHA256.digest([]),
                key: key)
        } catch {
            let expected: [WebAuthnError] = [.signature, .malformedAuthenticatorData]
            try check(expected.contains(error), "the error \(error)")
            return
        }
        throw BrokenProperty("a signature of \(key.algorithm)")
    }
}
