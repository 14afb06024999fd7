import Crypto
import ForeignPasswords

/// What a failed check costs, whatever the account and its hash.
///
/// As long as an account has a hash of another system, each failed check is one foreign check and one
/// derivation of lunauth's own: an account with a foreign hash is checked by it and derives a decoy, every
/// other address checks a decoy of a foreign hash that is stored. Which one follows from the address, so that
/// an unknown address takes as long each time as an account with that hash.
struct UniformWork: Sendable {
    /// The iterations of lunauth's own hashes together.
    let iterations: Int
    /// Checked for an address whose account has no foreign hash; nil where none is stored.
    let decoy: ForeignHash?

    /// The work for an address.
    ///
    /// - Parameters:
    ///   - state: What the server knows about itself.
    ///   - key: The keyed hash of the address: no client can tell which decoy an address takes.
    init(_ state: InstanceState, at key: Digest) {
        iterations = state.maxPasswordIterations
        decoy = state.foreignDecoys.max { Self.weight($0, at: key) < Self.weight($1, at: key) }
    }

    /// The weight of a decoy for an address, of which the heaviest is taken: when a profile is stored or the last
    /// hash of one is renewed, no other address takes another decoy (rendezvous hashing).
    private static func weight(_ decoy: ForeignHash, at key: Digest) -> UInt64 {
        SHA256.digest(key.bytes + decoy.profile.utf8).bytes.prefix(8)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }
}
