extension AuthContext {
    /// Whether mails are sent at all.
    var sendsMail: Bool { mail.isEnabled }

    /// Refuses what consists of a mail, where none is sent: the same to everybody, before anything else
    /// is looked at.
    ///
    /// - Throws: `mailNotConfigured`.
    func requireMail() throws(AuthError) {
        guard sendsMail else { throw .mailNotConfigured }
    }
}
