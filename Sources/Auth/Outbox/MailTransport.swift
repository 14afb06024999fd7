extension AuthService {
    /// Whether mails are sent at all.
    public var sendsMail: Bool { mail.isEnabled }

    /// Refuses what consists of a mail, where none is sent: the same to everybody, before anything else
    /// is looked at.
    ///
    /// - Throws: `mailNotConfigured`.
    public func requireMail() throws(AuthError) {
        guard sendsMail else { throw .mailNotConfigured }
    }
}
