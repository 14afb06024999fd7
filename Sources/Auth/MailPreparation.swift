/// What is to be done with a mail whose turn has come.
public enum Preparation: Sendable {
    /// It is sent with these values.
    case send([String: String])
    /// Nobody is to get it: it is out of the queue.
    case dropped
}

extension AuthService {
    /// Opens a mail whose turn has come.
    ///
    /// - Throws: `unavailable`.
    func prepare(_ queued: QueuedMail) throws(AuthError) -> Preparation {
        if let values = try mail.values(of: queued.mail) { return .send(values) }
        let id = queued.mail.id
        try store.write { transaction throws(AuthError) in
            try transaction.noteFailure(
                ofMail: id, nextAttemptAt: nil, error: "the key it was sealed with is gone")
        }
        return .dropped
    }
}
