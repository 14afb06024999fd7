import CCBOR

@testable import WebAuthn

/// An attestation object is one map to libcbor's other decoder as well, and nothing else.
enum AttestationHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let attestation: AttestationObject
        do throws(WebAuthnError) {
            attestation = try AttestationObject(input)
        } catch {
            let expected: [WebAuthnError] = [.size, .malformedAttestation, .trailingBytes]
            try check(expected.contains(error), "the error \(error)")
            return
        }
        try checkMap(input)
        let cut = try? AttestationObject(input.dropLast())
        try check(cut == nil, "an object that ends before its end")
        let longer = try? AttestationObject(input + [0])
        try check(longer == nil, "an object that ends behind its end")
        let data = attestation.authenticatorData
        try check(
            input.indices.contains { input[$0...].starts(with: data) } || data.isEmpty,
            "data that are not there")
        try AuthenticatorDataHarness.checkKey(data)
    }

    /// That decoder makes room for as many elements as are claimed: by now the claims are true.
    private static func checkMap(_ input: [UInt8]) throws(BrokenProperty) {
        var result = cbor_load_result()
        var item = cbor_load(input, input.count, &result)
        defer { cbor_decref(&item) }
        try check(item != nil, "an object that is none to libcbor")
        try check(result.read == input.count, "\(result.read) of \(input.count) bytes")
        try check(cbor_isa_map(item) && cbor_map_size(item) == 3, "no map of three")
    }
}
