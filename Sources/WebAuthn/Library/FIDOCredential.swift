import CFIDO2

/// The passkey in authenticator data, as libfido2 reads it.
enum FIDOCredential {
    /// Reads the key, and checks that a point of P-256 is one.
    ///
    /// Of Ed25519 the first use shows it: what is no point verifies nothing.
    ///
    /// - Parameters:
    ///   - data: Authenticator data, checked as far as libfido2 does not.
    ///   - algorithm: The algorithm that they name.
    /// - Returns: The key.
    /// - Throws: `malformedAuthenticatorData`, `malformedKey`, `libraryFault`.
    static func publicKey(
        in data: [UInt8], algorithm: PublicKey.Algorithm
    ) throws(WebAuthnError) -> PublicKey {
        var credential = unsafe fido_cred_new()
        guard unsafe credential != nil else { throw .libraryFault }
        defer { unsafe fido_cred_free(&credential) }
        try check(unsafe fido_cred_set_type(credential, Int32(algorithm.rawValue)))
        try check(unsafe fido_cred_set_authdata_raw(credential, data, data.count))
        let length = unsafe fido_cred_pubkey_len(credential)
        guard let start = unsafe fido_cred_pubkey_ptr(credential),
            let key = PublicKey(
                algorithm: algorithm,
                bytes: unsafe Array(UnsafeBufferPointer(start: start, count: length)))
        else { throw .malformedKey }
        _ = try FIDOKey.make(key)
        return key
    }

    private static func check(_ code: Int32) throws(WebAuthnError) {
        switch code {
        case FIDO_OK: return
        case FIDO_ERR_INVALID_ARGUMENT: throw .malformedAuthenticatorData
        default: throw .libraryFault
        }
    }
}
