package import Auth
import Bytes
package import Crypto
package import HTTP

/// A permission for one request that asks the server what it sees of it: `lunauth doctor` sends it
/// through the proxy.
///
/// Its text is `NONCE.EXPIRY.MAC`: hexadecimal digits, seconds since 1970, and base64url of the
/// HMAC-SHA-256 over method, target, nonce and expiry.
package struct ProbePass: Sendable, Equatable {
    /// How many seconds a pass is valid.
    package static let lifetime: Int64 = 60
    /// The field that carries it.
    package static let fieldName = "X-Lunauth-Probe"

    private static let nonceBytes = 16
    private static let maximumExpiryDigits = 12

    /// 32 hexadecimal digits in lower case: of this request alone, and part of its canary fields.
    package let nonce: String
    /// Seconds since 1970; from then on it opens nothing.
    let expiry: Int64

    /// A new pass that is valid from now on.
    package init(at time: Timestamp) {
        nonce = Hex.encode(Random.bytes(Self.nonceBytes))
        expiry = time.seconds + Self.lifetime
    }

    /// The text for a request.
    ///
    /// - Parameters:
    ///   - method: Its method.
    ///   - target: Its path, with its query.
    ///   - key: The key of probes.
    /// - Returns: The value of the field.
    package func text(for method: Method, _ target: String, key: Secret) -> String {
        "\(nonce).\(expiry)." + Base64URL.encode(code(method, Array(target.utf8), key).bytes)
    }

    /// The pass of a text; nil where it is malformed, made with another key or for another request, or
    /// where it is not valid at this time.
    ///
    /// - Parameters:
    ///   - text: As it was sent.
    ///   - method: The method of the request.
    ///   - target: Its path, with its query.
    ///   - key: The key of probes.
    ///   - time: The present time.
    init?(
        _ text: ArraySlice<UInt8>, for method: Method, _ target: [UInt8], key: Secret,
        at time: Timestamp
    ) {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 2 * Self.nonceBytes,
            parts[0].allSatisfy({ $0.hexadecimalDigit != nil && $0 == $0.lowercased }),
            let expiry = Decimal.parse(
                parts[1], maximumDigits: Self.maximumExpiryDigits, leadingZeros: .refused),
            let code = Base64URL.decode(parts[2])
        else { return nil }
        nonce = String(decoding: parts[0], as: UTF8.self)
        self.expiry = Int64(expiry)
        // Only what the key vouches for is compared with the clock.
        guard constantTimeEquals(self.code(method, target, key).bytes, code),
            (1...Self.lifetime).contains(self.expiry - time.seconds)
        else { return nil }
    }

    /// No part contains the separator, so that no two requests have one message.
    private func code(_ method: Method, _ target: [UInt8], _ key: Secret) -> Digest {
        let message = Array("\(method.rawValue)\n\(nonce)\n\(expiry)\n".utf8) + target
        return HMACSHA256(key: key).code(for: message)
    }
}
