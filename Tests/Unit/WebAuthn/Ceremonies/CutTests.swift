import Testing

@testable import WebAuthn

/// Responses cut off, longer, or with one byte changed.
@Suite struct CutTests {
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `a registration is refused when it is cut at any byte`(
        _ algorithm: PublicKey.Algorithm
    ) throws {
        var made = try MadePasskey(algorithm)
        made.flags |= 0x80
        made.behindKey = CBORValue.map([(.text("credProtect"), .integer(2))]).encoded
        _ = try made.verify()
        for count in 0..<made.client.encoded.count {
            var cut = made
            cut.client.text = Array(made.client.encoded.prefix(count))
            expectRefusal { () throws(WebAuthnError) in _ = try cut.verify() }
        }
        let attestation = made.response.attestationObject
        for count in 0..<attestation.count {
            var cut = made
            cut.wholeAttestation = Array(attestation.prefix(count))
            expectRefusal { () throws(WebAuthnError) in _ = try cut.verify() }
        }
        let data = made.authenticatorData
        for count in 0..<data.count {
            var cut = made
            cut.wholeData = Array(data.prefix(count))
            expectRefusal { () throws(WebAuthnError) in _ = try cut.verify() }
        }
    }

    @Test(arguments: PublicKey.Algorithm.allCases)
    func `a use is refused when a part is cut at any byte`(
        _ algorithm: PublicKey.Algorithm
    ) throws {
        let used = try UsedPasskey(algorithm)
        let response = try used.response()
        _ = try used.verify(response)
        for part in parts {
            for count in 0..<response[keyPath: part].count {
                var cut = response
                cut[keyPath: part].removeLast(response[keyPath: part].count - count)
                expectRefusal { () throws(WebAuthnError) in _ = try used.verify(cut) }
            }
        }
    }

    @Test(arguments: PublicKey.Algorithm.allCases)
    func `a use is refused when any bit of it is changed`(
        _ algorithm: PublicKey.Algorithm
    ) throws {
        let used = try UsedPasskey(algorithm)
        let response = try used.response()
        for part in parts {
            for index in response[keyPath: part].indices {
                for bit in 0..<8 {
                    var changed = response
                    changed[keyPath: part][index] ^= 1 << UInt8(bit)
                    expectRefusal { () throws(WebAuthnError) in _ = try used.verify(changed) }
                }
            }
        }
    }

    /// What an authenticator states of itself, its model, say, is nothing that is checked.
    @Test(arguments: PublicKey.Algorithm.allCases)
    func `no changed bit of a registration is a fault of the library`(
        _ algorithm: PublicKey.Algorithm
    ) throws {
        let made = try MadePasskey(algorithm)
        let attestation = made.response.attestationObject
        for index in attestation.indices {
            for bit in 0..<8 {
                var changed = made
                var bytes = attestation
                bytes[index] ^= 1 << UInt8(bit)
                changed.wholeAttestation = bytes
                do throws(WebAuthnError) {
                    _ = try changed.verify()
                } catch {
                    #expect(error != .libraryFault, "bit \(bit) of byte \(index)")
                }
            }
        }
    }

    private let parts: [WritableKeyPath<AssertionResponse, [UInt8]>] = [
        \.clientDataJSON, \.authenticatorData, \.signature, \.credentialID,
    ]

    private func expectRefusal(
        _ verify: () throws(WebAuthnError) -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do throws(WebAuthnError) {
            try verify()
            Issue.record("accepted", sourceLocation: sourceLocation)
        } catch {
            #expect(error != .libraryFault, sourceLocation: sourceLocation)
        }
    }
}
