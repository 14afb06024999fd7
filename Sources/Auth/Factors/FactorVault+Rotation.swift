import Crypto

/// What a new `secret.key` does to the data key; each a step of its own transaction.
extension FactorVault {
    /// Whether the data key opens, for who starts a server or checks one.
    ///
    /// - Returns: False when there is one that no wrapping key opens.
    /// - Throws: `unavailable` when the store, the record or OpenSSL fails.
    func opensDataKey(in transaction: any Transaction) throws(AuthError) -> Bool {
        guard let keys = try dataKeys(in: transaction) else { return true }
        let wrapping = wrappingKeys
        return try Self.reporting { () throws(CryptoError) in
            try keys.rewrapped(with: wrapping) != nil
        }
    }

    /// Wraps the data key under the current wrapping key, so that the former ones can go.
    ///
    /// - Returns: Whether there is a data key.
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
        guard var keys = try rewrappedKeys(in: transaction) else { return false }
        let current = try currentWrappingKey()
        keys = try Self.reporting { () throws(CryptoError) in
            var more = keys
            try more.addKey(wrappedUnder: current)
            return more
        }
        try transaction.save(dataKey: keys.record)
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
        guard let keys = try dataKeys(in: transaction) else { return nil }
        let wrapping = wrappingKeys
        let rewrapped = try Self.reporting { () throws(CryptoError) in
            try keys.rewrapped(with: wrapping)
        }
        guard let rewrapped else { throw Self.unusable("no present secret key opens the data key") }
        return rewrapped
    }
}
