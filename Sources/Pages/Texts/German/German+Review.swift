extension German: ReviewTexts {
    var reviewNewAccount: String { "Neues Konto prüfen" }
    var reviewConsequence: String {
        "Ein freigegebenes Konto lässt sich sofort benutzen, ein abgelehntes wird gelöscht. Eine "
            + "E-Mail teilt es der Person mit."
    }
    var accountRequested: String { "Beantragt" }
    var unconfirmedMayBeAnothers: String {
        "Die E-Mail-Adresse ist nicht bestätigt: Sie kann einer anderen Person gehören."
    }
    var approveAccount: String { "Konto freigeben" }
    var declineAccount: String { "Konto ablehnen" }
    var accountIsApproved: String { "Das Konto ist freigegeben" }
    var accountIsApprovedConsequence: String {
        "Die Person kann es ab jetzt benutzen und wird per E-Mail benachrichtigt."
    }
    var accountIsDeclined: String { "Das Konto ist abgelehnt" }
    var accountIsDeclinedConsequence: String {
        "Es wurde gelöscht, und die Person wird per E-Mail benachrichtigt."
    }
}
