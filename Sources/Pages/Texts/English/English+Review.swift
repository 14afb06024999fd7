extension English: ReviewTexts {
    var reviewNewAccount: String { "Review a new account" }
    var reviewConsequence: String {
        "An approved account can sign in at once; a declined one is deleted. An email tells the person."
    }
    var accountRequested: String { "Requested" }
    var unconfirmedMayBeAnothers: String {
        "The email is not confirmed: it may belong to another person."
    }
    var approveAccount: String { "Approve account" }
    var declineAccount: String { "Decline account" }
    var accountIsApproved: String { "The account is approved" }
    var accountIsApprovedConsequence: String {
        "The person can use it from now on, and gets an email about it."
    }
    var accountIsDeclined: String { "The account is declined" }
    var accountIsDeclinedConsequence: String {
        "It was deleted, and the person is told by email."
    }
}
