public import Crypto

/// What needs the operator's attention, although every request is handled as it should be.
public enum OperatorConcern: Sendable, Equatable {
    /// The reader of the unconfirmed address of this owner or administrator reports that the account is
    /// not theirs: the address is probably mistyped.
    case rejectedAddress(UUID)
    /// The owner's address is unconfirmed, so the owner receives no notices.
    case heldBackNotices(UUID)
}

extension AdministrationService {
    /// What needs the operator's attention; empty on most servers.
    ///
    /// - Throws: `unavailable`.
    public func operatorConcerns() throws(AuthError) -> [OperatorConcern] {
        try store.administratorsWithRejectedEmail().map(OperatorConcern.rejectedAddress)
            + context.ownerWithoutNotices().map(OperatorConcern.heldBackNotices)
    }
}
