import Crypto

/// What a new `secret.key` does to the data key; each a step of its own transaction.
extension FactorVault {
    /// Looks whether a stored data key opens with the wrapping keys.
    ///
    /// - Parameter record: What the database keeps.
    /// - Returns: False also for a damaged record.
    /// - Throws: `unavailable` when OpenSSL fails.
    public func opens(_ record: [UInt8]) throws(AuthError) -> Bool {
        try rewrapped(record) != nil
    }

    /// Wraps the data key under the current wrapping key, so that the former ones can go.
    ///
    /// - Returns: Whether there is a data key that is needed.
    /// - Throws: `unavailable` when no wrapping key opens it; nothing has changed then.
    func rewrapDataKey(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard let keys = try rewrappedKeys(in: transaction) else { return false }
        try transaction.save(dataKey: keys.record)
        return true
    }

    /// Makes a new data key, which seals from now on; the former ones still open.
    ///
    /// - Returns: Whether there was a data key to replace.
    /// - Throws: As `rewrapDataKey`.
    func addDataKey(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard let keys = try rewrappedKeys(in: transaction) else { return false }
        let current = try currentWrappingKey()
        let more = try Self.reporting { () throws(CryptoError) in
            var more = keys
            try more.addKey(wrappedUnder: current)
            return more
        }
        try transaction.save(dataKey: more.record)
        return true
    }

    /// Drops the data keys that seal nothing any more.
    ///
    /// Only once every credential was sealed again.
    func removeFormerDataKeys(in transaction: any Transaction) throws(AuthError) {
        guard var keys = try dataKeys(in: transaction), keys.hasFormer else { return }
        keys.removeFormer()
        try transaction.save(dataKey: keys.record)
    }

    private func rewrappedKeys(in transaction: any Transaction) throws(AuthError) -> DataKeys? {
        guard let record = try transaction.dataKey() else { return nil }
        if let keys = try rewrapped(record) { return keys }
        try requireDispensableKey(in: transaction)
        return nil
    }

    private func rewrapped(_ record: [UInt8]) throws(AuthError) -> DataKeys? {
        guard let keys = DataKeys(record: record) else { return nil }
        let wrapping = wrappingKeys
        return try Self.reporting { () throws(CryptoError) in try keys.rewrapped(with: wrapping) }
    }
}
