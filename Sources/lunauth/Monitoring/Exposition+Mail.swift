import Metrics

extension Exposition {
    /// Adds what became of mails.
    mutating func append(_ mail: MailStatistics) {
        counter(
            "lunauth_mail_attempts_total", "Attempts to send a mail, by what became of them.",
            [("sent", mail.sent), ("deferred", mail.deferred), ("rejected", mail.rejected)].map {
                Series(
                    [("outcome", $0)],
                    .count(UInt64(clamping: $1.value)))
            })
    }
}
