extension AuthService {
    /// Finds out whether the store can make a write durable at the moment, by making one.
    ///
    /// - Parameter seconds: How long that may take.
    /// - Throws: `unavailable` or `overloaded` when it cannot, or has not in time.
    public func probeStore(within seconds: Int) throws(AuthError) {
        try context.store.probe(within: seconds)
    }
}
