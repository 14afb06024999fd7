/// What an authenticator states about a passkey that it made (WebAuthn Level 3 §6.5.4).
struct AttestationObject {
    /// The authenticator data.
    let authenticatorData: [UInt8]

    /// Reads one map of `fmt`, `attStmt` and `authData`, in any order.
    ///
    /// - Throws: `size`, `malformedAttestation`, `trailingBytes`.
    init(_ bytes: [UInt8]) throws(WebAuthnError) {
        guard Bounds.attestationObject.contains(bytes.count) else { throw .size }
        var reader = CBORReader(bytes)
        do throws(CBORError) {
            guard case .map(3) = try reader.next() else { throw .malformed }
            var format: Range<Int>?
            var statementCount: Int?
            var data: Range<Int>?
            for _ in 0..<3 {
                guard case .text(let name) = try reader.next() else { throw .malformed }
                if bytes[name].elementsEqual("fmt".utf8), format == nil,
                    case .text(let text) = try reader.next()
                {
                    format = text
                } else if bytes[name].elementsEqual("attStmt".utf8), statementCount == nil {
                    statementCount = try reader.skipMap()
                } else if bytes[name].elementsEqual("authData".utf8), data == nil,
                    case .bytes(let range) = try reader.next()
                {
                    data = range
                } else {
                    throw .malformed
                }
            }
            guard let format, let statementCount, let data else { throw .malformed }
            // §8.7: the statement of `none` is empty.
            guard !bytes[format].elementsEqual("none".utf8) || statementCount == 0 else {
                throw .malformed
            }
            authenticatorData = Array(bytes[data])
        } catch {
            throw .malformedAttestation
        }
        guard reader.isAtEnd else { throw .trailingBytes }
    }
}
