public import ForeignPasswords
import Synchronization

/// A verifier of foreign hashes that notes the profile of each check, and can fail.
public final class CountingVerifier: ForeignVerifier {
    private struct State {
        var profiles: [String] = []
        var lacksMemory = false
    }

    private let state = Mutex(State())

    /// Creates a verifier that has checked nothing.
    public init() {}

    /// The profiles of the hashes that were checked, in order.
    public var profiles: [String] { state.withLock { $0.profiles } }

    /// Whether every check fails for want of memory.
    public var lacksMemory: Bool {
        get { state.withLock { $0.lacksMemory } }
        set { state.withLock { $0.lacksMemory = newValue } }
    }

    /// See the protocol.
    public func verify(
        _ password: [UInt8], against hash: ForeignHash
    ) throws(ForeignHashFault) -> Bool {
        let fails = state.withLock { state in
            state.profiles.append(hash.profile)
            return state.lacksMemory
        }
        guard !fails else { throw ForeignHashFault(form: hash.form) }
        return try LibraryVerifier().verify(password, against: hash)
    }
}
