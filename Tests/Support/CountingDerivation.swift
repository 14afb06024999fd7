public import Crypto
import Synchronization

/// PBKDF2 that counts its iterations: the work of a request, on any machine.
public final class CountingDerivation: KeyDerivation {
    private let count = Mutex(0)

    /// Creates a derivation with a count of zero.
    public init() {}

    /// Iterations so far.
    public var iterations: Int { count.withLock { $0 } }

    /// See the protocol.
    public func derive(password: [UInt8], salt: [UInt8], iterations: Int) -> Digest {
        count.withLock { $0 += iterations }
        return PBKDF2(.blockFunction).derive(
            password: password, salt: salt, iterations: iterations)
    }
}
