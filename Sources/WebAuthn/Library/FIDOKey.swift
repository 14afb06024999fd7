import CFIDO2

/// A public key of libfido2.
@safe struct FIDOKey: ~Copyable {
    private let algorithm: PublicKey.Algorithm
    /// The key; nil where there was no memory for it.
    private let pointer: OpaquePointer?

    /// Room for a key.
    private init(of algorithm: PublicKey.Algorithm) {
        self.algorithm = algorithm
        switch algorithm {
        case .es256: unsafe pointer = es256_pk_new()
        case .edDSA: unsafe pointer = eddsa_pk_new()
        case .rs256: unsafe pointer = rs256_pk_new()
        }
    }

    /// Makes a key, and checks that it is one.
    ///
    /// - Throws: `malformedKey` for a point that is not on P-256, say; `libraryFault`.
    static func make(_ key: PublicKey) throws(WebAuthnError) -> FIDOKey {
        let made = FIDOKey(of: key.algorithm)
        guard unsafe made.pointer != nil else { throw .libraryFault }
        // The length is that of the algorithm, by the rules of `PublicKey`.
        let code =
            switch key.algorithm {
            case .es256: unsafe es256_pk_from_ptr(made.pointer, key.bytes, key.bytes.count)
            case .edDSA: unsafe eddsa_pk_from_ptr(made.pointer, key.bytes, key.bytes.count)
            case .rs256: unsafe rs256_pk_from_ptr(made.pointer, key.bytes, key.bytes.count)
            }
        guard code == FIDO_OK else { throw .malformedKey }
        return made
    }

    /// Verifies the signature of an assertion by this key, which lives until that is done.
    ///
    /// - Returns: The outcome, as libfido2 names it.
    func verify(_ assertion: OpaquePointer?) -> Int32 {
        unsafe fido_assert_verify(
            assertion, 0, Int32(algorithm.rawValue), UnsafeRawPointer(pointer))
    }

    deinit {
        var pointer = unsafe pointer
        switch algorithm {
        case .es256: unsafe es256_pk_free(&pointer)
        case .edDSA: unsafe eddsa_pk_free(&pointer)
        case .rs256: unsafe rs256_pk_free(&pointer)
        }
    }
}
