import Mail

/// A way for mails to go.
protocol Transport {
    /// Tries to send a mail, for no longer than the configuration says.
    func deliver(_ message: Message) -> Delivery
}

/// What became of an attempt.
struct Delivery: Equatable {
    /// What became of it.
    let outcome: MailReceipt.Outcome
    /// Why, in the words of whoever decided that.
    let detail: String

    /// The end of an attempt.
    init(_ outcome: MailReceipt.Outcome, _ detail: String) {
        self.outcome = outcome
        self.detail = detail
    }
}
