public import Crypto
import Synchronization

/// The keys that sign and verify tokens, replaceable while the server runs.
public final class TokenKeys: Sendable {
    private let ring: Mutex<KeyRing>
    private let version = Atomic(0)
    /// The latest time at which this process issued a token, in seconds since 1970.
    private let latestIssue = Atomic<Int64>(0)

    /// Creates the initial keys.
    public init(_ ring: KeyRing) {
        self.ring = Mutex(ring)
    }

    /// Replaces the keys; every thread uses the new ones from its next token on.
    public func replace(by ring: KeyRing) {
        self.ring.withLock { $0 = ring }
        version.wrappingAdd(1, ordering: .releasing)
    }

    /// The public name of the signing key.
    public var currentName: String? { present.kids.first }

    /// Records a time at which a token was issued with these keys.
    ///
    /// - Parameter time: Seconds since 1970.
    public func noteIssue(at time: Int64) {
        latestIssue.max(time, ordering: .relaxed)
    }

    fileprivate var latest: Int64 { latestIssue.load(ordering: .relaxed) }
    fileprivate var presentVersion: Int { version.load(ordering: .acquiring) }
    fileprivate var present: KeyRing { ring.withLock { $0 } }
}

/// Signs and verifies tokens with the current keys.
///
/// Confined to one thread, because it owns MAC contexts.
public final class TokenAuthority {
    private let keys: TokenKeys
    private var version: Int
    private var codec: JWTCodec

    /// Creates an authority on shared keys.
    public init(_ keys: TokenKeys) {
        self.keys = keys
        version = keys.presentVersion
        codec = JWTCodec(ring: keys.present)
    }

    /// Signs claims with the current key.
    func sign(_ claims: Claims, about person: Claims.Person) -> String {
        follow()
        if let time = claims.issuedAt { keys.noteIssue(at: time) }
        return codec.sign(claims, about: person)
    }

    /// The claims of a token that is valid now.
    ///
    /// After the clock was set back, tokens issued before are in the future: they are valid up to the
    /// latest issue time recorded here, like their sessions.
    /// - Throws: The reason it is invalid.
    func verify(_ token: ArraySlice<UInt8>, now: Int64) throws(TokenError) -> Claims {
        follow()
        do {
            return try codec.verify(token, now: now)
        } catch .notYetValid where keys.latest > now {
            return try codec.verify(token, now: keys.latest)
        }
    }

    /// The claims of a token signed by one of the keys, whether or not its times are valid.
    ///
    /// - Throws: The reason it is invalid.
    func claims(of token: ArraySlice<UInt8>) throws(TokenError) -> Claims {
        follow()
        return try codec.claims(of: token.span)
    }

    /// Switches to the current keys after they were replaced.
    private func follow() {
        let present = keys.presentVersion
        guard present != version else { return }
        codec = JWTCodec(ring: keys.present)
        version = present
    }
}

@available(*, unavailable)
extension TokenAuthority: Sendable {}
