import Auth

/// What the page of the mails says to administrators.
protocol MailQueueTexts {
    var mailsLead: String { get }

    // MARK: Just done
    var mailRetried: String { get }
    var mailDropped: String { get }
    var testMailSent: String { get }

    // MARK: A test
    var noMailTransport: String { get }
    var noMailTransportAdvice: String { get }
    var testMailTitle: String { get }
    var testMailAbout: String { get }
    var sendTestMail: String { get }

    // MARK: The queue
    var mailQueue: String { get }
    var noMails: String { get }
    func name(of kind: Mail.Kind) -> String
    var mailWaiting: String { get }
    var mailGivenUp: String { get }
    func mailWritten(_ time: HTML) -> HTML
    /// Follows the time of writing.
    func mailAttempts(_ count: Int) -> String
    /// Follows the number of attempts.
    func mailTriedNext(_ time: HTML) -> HTML
    var retryMail: String { get }
    var dropMail: String { get }
}
