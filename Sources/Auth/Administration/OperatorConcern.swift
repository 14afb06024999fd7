public import Crypto

/// What the operator should look into, although every request is answered as it should be.
public enum OperatorConcern: Sendable, Equatable {
    /// Whoever reads the unconfirmed address of this owner or administrator says that the account is not
    /// theirs: it is probably mistyped.
    case rejectedAddress(UUID)
    /// Nobody has confirmed the address of the owner, who therefore gets no notices.
    case heldBackNotices(UUID)
}

extension AdministrationService {
    /// What the operator should look into; nothing on most servers.
    ///
    /// - Throws: `unavailable`.
    public func operatorConcerns() throws(AuthError) -> [OperatorConcern] {
        try store.administratorsWithRejectedEmail().map(OperatorConcern.rejectedAddress)
            + context.ownerWithoutNotices().map(OperatorConcern.heldBackNotices)
    }
}
