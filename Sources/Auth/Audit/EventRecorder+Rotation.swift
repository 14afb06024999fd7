import Crypto

/// What a new `secret.key` does to the keys of the record; each a step of its own transaction.
extension EventRecorder {
    /// Wraps the keys under the current secret key, so that the former ones can go.
    ///
    /// - Returns: Whether there are keys.
    /// - Throws: `unavailable` when no present secret key opens them; nothing has changed then.
    func rewrapKeys(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard let (mac, signing) = try rewrapped(in: transaction) else { return false }
        try transaction.save(WrappedAuditKeys(mac: mac.record, signing: signing.record))
        return true
    }

    /// Makes new keys: the former MAC keys still verify old events, and the former key that signs names the one
    /// that follows, and is gone.
    ///
    /// - Returns: Whether there were keys to replace.
    /// - Throws: As `rewrapKeys`.
    func replaceKeys(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard var (mac, signing) = try rewrapped(in: transaction) else { return false }
        try transaction.record(.auditKeyRotated, of: nil)
        let current = try vault.currentWrappingKey()
        let successor = try FactorVault.reporting { () throws(CryptoError) -> [UInt8]? in
            try mac.addKey(wrappedUnder: current)
            try signing.addKey(wrappedUnder: current)
            guard let id = signing.currentID,
                let seed = try signing.key(id, unwrappedWith: [current])
            else { return nil }
            signing.removeFormer()
            return try Ed25519.PrivateKey(seed: seed.key).publicKey
        }
        guard let successor else { throw Self.unusable("a new key does not open") }
        var linker = try Linker(in: transaction)
        try linker.linkAll()
        try linker.sign(.rotation, successor: successor)
        try transaction.save(WrappedAuditKeys(mac: mac.record, signing: signing.record))
        try linker.saveHead()
        return true
    }

    /// Makes new keys where no secret key opens those that are used: it is lost, and the server goes on without.
    ///
    /// Events of before cannot be verified then, and no former key names the one that signs: a lost key and a
    /// forged record look the same. What the lost key wrapped stays, for when it is found.
    /// - Returns: Whether keys were lost.
    /// - Throws: `unavailable`.
    func replaceLostKeys(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard try hasLostKeys(in: transaction),
            var (mac, signing) = try wrappedKeys(in: transaction)
        else { return false }
        let current = try vault.currentWrappingKey()
        try FactorVault.reporting { () throws(CryptoError) in
            try mac.addKey(wrappedUnder: current)
            try signing.addKey(wrappedUnder: current)
        }
        try transaction.save(WrappedAuditKeys(mac: mac.record, signing: signing.record))
        try transaction.record(.auditKeyRotated, of: nil, by: .server)
        if let head = try transaction.chainHead() {
            try transaction.save(
                ChainHead(
                    origin: head.origin, link: head.link, time: head.time,
                    checkpoint: head.checkpoint,
                    mac: self.mac(head.digest, as: .head, in: transaction)))
        }
        return true
    }

    /// Whether there are keys, and no secret key opens those that are used.
    ///
    /// - Throws: `unavailable`.
    func hasLostKeys(in reader: any AuditKeyReader) throws(AuthError) -> Bool {
        guard let (mac, signing) = try wrappedKeys(in: reader) else { return false }
        let wrapping = vault.wrappingKeys
        return try FactorVault.reporting { () throws(CryptoError) in
            let macKeys = try mac.opened(with: wrapping)
            let signingKeys = try signing.opened(with: wrapping)
            return macKeys == nil || signingKeys == nil
        }
    }

    private func wrappedKeys(
        in reader: any AuditKeyReader
    ) throws(AuthError) -> (mac: DataKeys, signing: DataKeys)? {
        guard let record = try reader.auditKeys() else { return nil }
        guard let mac = DataKeys(record: record.mac, for: .events),
            let signing = DataKeys(record: record.signing, for: .checkpoints)
        else { throw Self.unusable("the record of the keys is damaged") }
        return (mac, signing)
    }

    private func rewrapped(
        in transaction: any Transaction
    ) throws(AuthError) -> (mac: DataKeys, signing: DataKeys)? {
        guard let (mac, signing) = try wrappedKeys(in: transaction) else { return nil }
        let wrapping = vault.wrappingKeys
        let keys = try FactorVault.reporting {
            () throws(CryptoError) -> (mac: DataKeys, signing: DataKeys)? in
            guard let mac = try mac.rewrapped(with: wrapping, leavingLost: true),
                let signing = try signing.rewrapped(with: wrapping, leavingLost: true)
            else { return nil }
            return (mac, signing)
        }
        guard let keys else { throw Self.unusable("no secret key opens the keys of the record") }
        return keys
    }
}
