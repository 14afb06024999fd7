import Auth
import Web

/// Why a form of the account page failed.
struct AccountFailure {
    let form: AccountForm
    /// Whether the form has to be sent again with the password.
    let isProofNeeded: Bool
    private let failure: FormFailure

    /// A failure; nil where the form would not help.
    init?(_ form: AccountForm, _ error: RequestError, texts: any Texts) {
        let failure = FormFailure(
            error, labels: form.labels(texts),
            about: form.proof.map { [.wrongPassword: $0] } ?? [:],
            title: texts.notDone(form), idPrefix: form.idPrefix, texts: texts)
        guard let failure else { return nil }
        self.form = form
        self.failure = failure
        isProofNeeded = error.code == .reauthenticationRequired
    }

    /// What is wrong with the value of a field.
    subscript(field: String) -> FieldError? { failure[field] }

    /// The notice above the form: what was not done, and why; with links to the fields.
    func summary(_ texts: any Texts, level: HeadingLevel = .third) -> HTML {
        guard isProofNeeded else { return failure.summary(texts, level: level) }
        return notice(
            .warning, texts.title(of: .reauthenticationRequired),
            text: texts.advice(for: .reauthenticationRequired), follows: .action, level: level)
    }
}

extension AccountForm {
    /// The fields that are seen, in their order, with their labels.
    fileprivate func labels(_ texts: any Texts) -> KeyValuePairs<String, String> {
        switch self {
        case .profile: ["name": texts.nameOfPerson, "language": texts.languageOfAccount]
        case .email: ["email": texts.newEmail, "password": texts.currentPassword]
        case .password:
            [
                "currentPassword": texts.currentPassword, "newPassword": texts.newPassword,
                "revokeApiKeys": texts.revokeKeysToo,
            ]
        case .createKey:
            [
                "name": texts.nameOfKey, "scopes": texts.scopesOfKey, "expiresIn": texts.keyEnds,
                "password": texts.currentPassword,
            ]
        case .deletion: ["password": texts.currentPassword]
        case .renamePasskey: ["name": texts.passkeyName]
        case .resend, .endSession, .endOtherSessions, .revokeKey, .factor, .recoveryCodes,
            .removeApp,
            .removePasskey, .removePassword, .endTrust, .disown:
            [:]
        }
    }
}
