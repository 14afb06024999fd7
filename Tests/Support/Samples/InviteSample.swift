public import Auth
public import Crypto

/// An invitation with the hash of its code.
public struct InviteSample: Sendable {
    /// The hash of its code.
    public let codeHash = Digest.random()
    /// The invitation.
    public let invite: Invite

    /// An invitation of a member, not stored.
    public init(
        email: String? = nil, maximumUses: Int = 1, isPaused: Bool = false,
        createdBy: UUID? = nil, createdAt: Timestamp = .start,
        expiresAt: Timestamp = .start.adding(seconds: 60), madeWith key: UUID? = nil
    ) {
        invite = Invite(
            id: .random(), email: email.flatMap(Email.init), role: .member, tier: .team,
            maximumUses: maximumUses, isPaused: isPaused, createdBy: createdBy,
            createdAt: createdAt,
            expiresAt: expiresAt, madeWith: key)
    }
}

extension Store {
    /// Adds an invitation.
    public func add(_ sample: InviteSample) throws(AuthError) {
        try write { transaction throws(AuthError) in
            try transaction.insert(sample.invite, codeHash: sample.codeHash)
        }
    }
}
