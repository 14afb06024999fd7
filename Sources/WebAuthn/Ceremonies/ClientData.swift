import Crypto
import JSON

/// What the browser states about a ceremony (WebAuthn Level 3 §5.8.1).
struct ClientData {
    /// The ceremony.
    enum Ceremony: String {
        /// A passkey is made.
        case create = "webauthn.create"
        /// A passkey is used.
        case get = "webauthn.get"
    }

    private let type: String
    let challenge: String
    private let origin: String
    private let isCrossOrigin: Bool
    private let hasTopOrigin: Bool

    /// Reads client data; members that are unknown may be there, none twice.
    ///
    /// - Throws: `size`, `malformedClientData`.
    init(json: [UInt8]) throws(WebAuthnError) {
        guard Bounds.clientData.contains(json.count) else { throw .size }
        guard case .object(let members)? = try? JSONValue.decode(json, limits: .token),
            case .string(let type) = members["type"],
            case .string(let challenge) = members["challenge"],
            case .string(let origin) = members["origin"]
        else { throw .malformedClientData }
        self.type = type
        self.challenge = challenge
        self.origin = origin
        switch members["crossOrigin"] {
        case nil: isCrossOrigin = false
        case .bool(let value): isCrossOrigin = value
        default: throw .malformedClientData
        }
        switch members["topOrigin"] {
        case nil: hasTopOrigin = false
        case .string: hasTopOrigin = true
        default: throw .malformedClientData
        }
    }

    /// Checks that the browser answered what it was asked, in a page of the site.
    ///
    /// Compared are bytes: `==` of strings takes canonically equal texts for the same.
    func check(
        type ceremony: Ceremony, challenge expected: [UInt8], origin page: String
    ) throws(WebAuthnError) {
        guard type.utf8.elementsEqual(ceremony.rawValue.utf8) else { throw .type }
        guard
            constantTimeEquals(
                Array(challenge.utf8).span, Array(Base64URL.encode(expected).utf8).span)
        else { throw .challenge }
        guard origin.utf8.elementsEqual(page.utf8) else { throw .origin }
        // No page of the site is meant for a frame.
        guard !isCrossOrigin else { throw .crossOrigin }
        guard !hasTopOrigin else { throw .topOrigin }
    }
}
