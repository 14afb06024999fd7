/// What the page says that decides about an account that waits.
protocol ReviewTexts {
    var reviewNewAccount: String { get }
    var reviewConsequence: String { get }
    var accountRequested: String { get }
    /// What follows from an address that is not confirmed.
    var unconfirmedMayBeAnothers: String { get }
    var approveAccount: String { get }
    var declineAccount: String { get }
    var accountIsApproved: String { get }
    var accountIsApprovedConsequence: String { get }
    var accountIsDeclined: String { get }
    var accountIsDeclinedConsequence: String { get }
}
