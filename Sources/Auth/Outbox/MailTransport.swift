extension AuthContext {
    /// Whether the server sends mail.
    var sendsMail: Bool { mail.isEnabled }

    /// Refuses operations that consist of sending a mail, if the server sends none: for every client alike,
    /// before anything else is checked.
    ///
    /// - Throws: `mailNotConfigured`.
    func requireMail() throws(AuthError) {
        guard sendsMail else { throw .mailNotConfigured }
    }
}
