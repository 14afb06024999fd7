import Crypto

extension RelyingParty {
    /// The challenge that a response says it answers, to find what is stored for it; nothing is verified.
    ///
    /// - Parameter clientDataJSON: What the browser states about the ceremony.
    /// - Returns: Its bytes.
    /// - Throws: `size`, `malformedClientData`; `challenge` when it is none that this server makes.
    public func claimedChallenge(in clientDataJSON: [UInt8]) throws(WebAuthnError) -> [UInt8] {
        let text = try ClientData(json: clientDataJSON).challenge
        guard let bytes = Base64URL.decode(Array(text.utf8)) else { throw .challenge }
        return bytes
    }
}
