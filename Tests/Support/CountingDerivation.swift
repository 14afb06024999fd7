public import Crypto
import Synchronization

/// PBKDF2 that counts what it is asked for: the work of a request, whatever the machine.
public final class CountingDerivation: KeyDerivation {
    private let count = Mutex(0)

    /// One that has done nothing yet.
    public init() {}

    /// Iterations so far.
    public var iterations: Int { count.withLock { $0 } }

    /// As the protocol says.
    public func derive(password: [UInt8], salt: [UInt8], iterations: Int) -> Digest {
        count.withLock { $0 += iterations }
        return PBKDF2(.blockFunction).derive(
            password: password, salt: salt, iterations: iterations)
    }
}
