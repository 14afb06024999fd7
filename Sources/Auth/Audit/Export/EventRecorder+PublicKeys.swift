import Crypto

extension EventRecorder {
    /// The public keys of checkpoints, the one that signs now first; none before the first event.
    ///
    /// - Throws: `unavailable` when no secret key opens them.
    func publicKeys(in reader: any AuditKeyReader) throws(AuthError) -> [[UInt8]] {
        guard let record = try reader.auditKeys() else { return [] }
        guard let keys = DataKeys(record: record.signing, for: .checkpoints) else {
            throw Self.unusable("the record of the keys is damaged")
        }
        let wrapping = vault.wrappingKeys
        let opened = try FactorVault.reporting { () throws(CryptoError) -> [[UInt8]]? in
            guard let all = try keys.opened(with: wrapping) else { return nil }
            var publicKeys: [[UInt8]] = []
            for key in all { publicKeys.append(try Ed25519.PrivateKey(seed: key.key).publicKey) }
            return publicKeys
        }
        guard let opened else { throw Self.unusable("no secret key opens the signing keys") }
        return opened
    }
}
