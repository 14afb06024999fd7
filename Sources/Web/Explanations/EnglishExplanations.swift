package import Auth

/// Explanations in English.
package struct EnglishExplanations: ExplanationTexts {
    /// The explanations.
    package init() {}

    package func happened(_ event: DecisiveEvent) -> String {
        let client = event.event.client.address.map { " from \($0)" } ?? ""
        return "\(what(event.event)) \(on(event.event.time)) by \(actor(event))\(client)."
    }

    package func ended(_ kind: CredentialKind, at time: Timestamp) -> String {
        let verb = kind == .apiKey ? "revoked" : "ended"
        return "\(name(kind)) was \(verb) \(on(time)); no event says by whom."
    }

    package func expired(_ kind: CredentialKind, at time: Timestamp) -> String {
        "\(name(kind)) expired \(on(time))."
    }

    package var unused: String { "The session was not used for longer than it may be." }

    package func unknown(_ kind: CredentialKind) -> String {
        "Nothing is kept of it: it was never issued here, or its history was deleted."
    }

    package func clockAhead(seconds: Int64) -> String {
        "The clock that issued it is \(seconds) s ahead of this server's."
    }

    package func limited(until time: Timestamp) -> String {
        "The limit allows the next request \(on(time))."
    }

    package func foreignOrigin(_ origin: String) -> String {
        "The request came from a page of \(origin)."
    }

    private func on(_ time: Timestamp) -> String {
        "on \(time.rfc3339.prefix(10)) at \(time.utc.clockWithSeconds) UTC"
    }

    private func name(_ kind: CredentialKind) -> String {
        switch kind {
        case .session: "The session"
        case .apiKey: "The API key"
        case .token: "The token"
        }
    }

    private func actor(_ event: DecisiveEvent) -> String {
        switch event.event.actor {
        case .account(let id): event.actorEmail?.address ?? "the former account \(id)"
        case .apiKey(_, of: let id):
            "an API key of \(event.actorEmail?.address ?? "the former account \(id)")"
        case .link: "the holder of a mailed link"
        case .commandLine(let user): "\(user) at the command line"
        case .server: "the server"
        case .client: "a client that was not signed in"
        }
    }

    private func what(_ event: Event) -> String {
        switch event.kind {
        case .userDeleted: "The account was deleted"
        case .userDeclined: "The account was declined"
        case .userDisabled: "The account was disabled"
        case .userRoleChanged: "The account got another role"
        case .passwordReset: "The password was reset"
        case .passwordChanged: "The password was changed"
        case .passwordRemoved: "The password was removed"
        case .emailRejected: "The account was rejected by the reader of its email"
        case .emailChanged: "The email of the account was changed"
        case .factorsReset: "All second factors were removed"
        case .factorAdded: "A second factor was added"
        case .factorRemoved: "A second factor was removed"
        case .ownershipTransferred: "Ownership was transferred"
        case .apiKeyRevoked: "The API key was revoked"
        case .sessionEnded: "The session was \(end(event.endReason))"
        case .sessionsEnded where event.subject == nil: "All sessions were ended"
        case .sessionsEnded: "Sessions of the account were ended"
        case .setupCompleted: "The server was set up"
        case .secretRotated: "The secret key was last replaced"
        case .backupRestored: "The database was restored from a backup"
        default: "The event \(event.kind.rawValue) happened"
        }
    }

    private func end(_ reason: SessionEndReason?) -> String {
        switch reason {
        case .signOut: "signed out"
        case .replaced: "replaced by another sign-in"
        case .limit: "ended because the account had too many"
        default: "ended"
        }
    }
}
