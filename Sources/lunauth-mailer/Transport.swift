import Mail

/// A way for mails to go.
protocol Transport {
    /// Tries to send a mail, for no longer than the configured timeout.
    func deliver(_ message: Message) -> Delivery
    /// Goes the way of a mail as far as it leads without one, to the server, through TLS and login; no mail is
    /// delivered afterwards.
    func tryServer() -> Delivery
}

/// What became of an attempt.
struct Delivery: Equatable {
    /// What became of it.
    let outcome: MailReceipt.Outcome
    /// The reason, in the words of the server or program that gave it.
    let detail: String

    /// The end of an attempt.
    init(_ outcome: MailReceipt.Outcome, _ detail: String) {
        self.outcome = outcome
        self.detail = detail
    }
}
