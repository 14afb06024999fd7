import CFIDO2
import Crypto

/// The signature of a passkey, as libfido2 verifies it.
enum FIDOAssertion {
    /// Verifies the signature over authenticator data and the hash of the client data.
    ///
    /// - Throws: `signature`, `malformedAuthenticatorData`, `libraryFault`.
    static func verify(
        _ response: AssertionResponse, relyingPartyID: String, clientDataHash: Digest,
        key: PublicKey
    ) throws(WebAuthnError) {
        let key = try makeStored(key)
        var assertion = unsafe fido_assert_new()
        guard unsafe assertion != nil else { throw .libraryFault }
        defer { unsafe fido_assert_free(&assertion) }
        let data = response.authenticatorData
        try require(
            clientDataHash.withBytes { hash in
                unsafe hash.withUnsafeBufferPointer { hash in
                    unsafe fido_assert_set_clientdata_hash(
                        assertion, hash.baseAddress, hash.count)
                }
            })
        try require(unsafe fido_assert_set_rp(assertion, relyingPartyID))
        try require(unsafe fido_assert_set_count(assertion, 1))
        try checkData(unsafe fido_assert_set_authdata_raw(assertion, 0, data, data.count))
        try require(
            unsafe fido_assert_set_sig(assertion, 0, response.signature, response.signature.count))
        try check(unsafe key.verify(assertion))
    }

    /// A key that was one when it was registered: that it is none now is no fault of the response.
    private static func makeStored(_ key: PublicKey) throws(WebAuthnError) -> FIDOKey {
        do throws(WebAuthnError) {
            return try FIDOKey.make(key)
        } catch {
            throw .libraryFault
        }
    }

    /// What the outcome of reading authenticator data means.
    private static func checkData(_ code: Int32) throws(WebAuthnError) {
        switch code {
        case FIDO_OK: return
        case FIDO_ERR_INVALID_ARGUMENT: throw .malformedAuthenticatorData
        default: throw .libraryFault
        }
    }

    /// What the outcome of a verification means.
    static func check(_ code: Int32) throws(WebAuthnError) {
        switch code {
        case FIDO_OK: return
        case FIDO_ERR_INVALID_SIG: throw .signature
        // An extension that was not asked for.
        case FIDO_ERR_INVALID_PARAM: throw .malformedAuthenticatorData
        default: throw .libraryFault
        }
    }

    /// What fails only for want of memory.
    private static func require(_ code: Int32) throws(WebAuthnError) {
        guard code == FIDO_OK else { throw .libraryFault }
    }
}
