/// What OpenSSL can refuse while an object is set up.
///
/// Once set up, an object does not fail: there OpenSSL only fails for want of memory, where Swift
/// itself stops the process.
public enum CryptoError: Error, Sendable, Equatable {
    /// The algorithm is not to be had, or memory for it is not.
    case unavailable
    /// The length asked for is outside what the algorithm can give.
    case invalidLength
}
