@testable public import Auth

extension Transaction {
    /// Adds a mail without regard to the limit of its recipient.
    public func enqueue(_ mail: Mail) throws(AuthError) {
        let throttle = Throttle(isEnabled: false) { 0 }
        try post(mail, by: MailWriter(keys: nil, throttle: throttle))
    }
}
