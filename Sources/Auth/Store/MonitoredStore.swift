/// The part of a store that monitoring needs.
public protocol MonitoredStore: AnyObject {
    /// How many accounts and live sessions there are.
    ///
    /// - Throws: `notInMemory` on the loop lane; `unavailable`.
    func counts(now: Timestamp) throws(AuthError) -> StoreCounts

    /// Makes a write that is never read durable, always in the same place.
    ///
    /// - Parameter seconds: How long that may take.
    /// - Throws: `overloaded`; `unavailable` when it failed or did not come in time.
    func probe(within seconds: Int) throws(AuthError)
}

extension AuthService {
    /// Checks whether the store can make a write durable at the moment, by making one.
    ///
    /// - Parameter seconds: How long that may take.
    /// - Throws: `unavailable` or `overloaded` when it cannot, or has not in time.
    public func probeStore(within seconds: Int) throws(AuthError) {
        try context.monitoredStore.probe(within: seconds)
    }
}
