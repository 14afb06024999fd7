extension AuthService {
    /// Checks, by making one, whether the store can make a write durable at the moment.
    ///
    /// - Parameter seconds: The time limit.
    /// - Throws: `unavailable` or `overloaded` when it cannot, or not within that time.
    public func probeStore(within seconds: Int) throws(AuthError) {
        try context.store.probe(within: seconds)
    }
}
