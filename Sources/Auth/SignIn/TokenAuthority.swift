public import Crypto
import Synchronization

/// The keys that tokens are signed and verified with, replaceable while the server runs.
public final class TokenKeys: Sendable {
    private let ring: Mutex<KeyRing>
    private let version = Atomic(0)
    /// The latest time at which a token was made here, in seconds since 1970.
    private let latestIssue = Atomic<Int64>(0)

    /// Keys to begin with.
    public init(_ ring: KeyRing) {
        self.ring = Mutex(ring)
    }

    /// Puts other keys in place; every thread uses them from its next token on.
    public func replace(by ring: KeyRing) {
        self.ring.withLock { $0 = ring }
        version.wrappingAdd(1, ordering: .releasing)
    }

    /// The public name of the key that signs.
    public var currentName: String? { present.kids.first }

    /// Takes note of a time at which a token was made with these keys.
    ///
    /// - Parameter time: Seconds since 1970.
    public func noteIssue(at time: Int64) {
        latestIssue.max(time, ordering: .relaxed)
    }

    fileprivate var latest: Int64 { latestIssue.load(ordering: .relaxed) }
    fileprivate var presentVersion: Int { version.load(ordering: .acquiring) }
    fileprivate var present: KeyRing { ring.withLock { $0 } }
}

/// Signs and verifies tokens with the present keys.
///
/// Confined to one thread, whose MAC contexts it keeps.
public final class TokenAuthority {
    private let keys: TokenKeys
    private var version: Int
    private var codec: JWTCodec

    /// An authority on shared keys.
    public init(_ keys: TokenKeys) {
        self.keys = keys
        version = keys.presentVersion
        codec = JWTCodec(ring: keys.present)
    }

    /// The token for these claims, signed with the current key.
    func sign(_ claims: Claims, about person: Claims.Person) -> String {
        follow()
        if let time = claims.issuedAt { keys.noteIssue(at: time) }
        return codec.sign(claims, about: person)
    }

    /// The claims of a token that is good now.
    ///
    /// Where the clock was set back, the tokens that were made before lie in its future: no later than
    /// the latest made here they are good, as their sessions are.
    /// - Throws: What is wrong with it.
    func verify(_ token: ArraySlice<UInt8>, now: Int64) throws(TokenError) -> Claims {
        follow()
        do {
            return try codec.verify(token, now: now)
        } catch .notYetValid where keys.latest > now {
            return try codec.verify(token, now: keys.latest)
        }
    }

    /// The claims of a token that one of the keys signed, whether or not its times hold.
    ///
    /// - Throws: What is wrong with it.
    func claims(of token: ArraySlice<UInt8>) throws(TokenError) -> Claims {
        follow()
        return try codec.claims(of: token.span)
    }

    /// Takes the present keys when they were replaced.
    private func follow() {
        let present = keys.presentVersion
        guard present != version else { return }
        codec = JWTCodec(ring: keys.present)
        version = present
    }
}

@available(*, unavailable)
extension TokenAuthority: Sendable {}
