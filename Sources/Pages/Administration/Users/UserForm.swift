import Auth
import Web

/// The forms of the page of one account.
enum UserForm {
    case name, rights, status, confirmation, reset, unlock, sessions, keys, factors, deletion
    /// Approving or declining.
    case decision

    /// The form that changes the account and was posted: each names members of its own.
    init(changing body: RequestBody) {
        self =
            if body.names("role") || body.names("tier") {
                .rights
            } else if body.names("status") {
                .status
            } else if body.names("emailVerified") {
                .confirmation
            } else {
                .name
            }
    }

    /// The fields that are seen, in their order, with their labels.
    func labels(_ texts: any Texts, email: String) -> KeyValuePairs<String, String> {
        switch self {
        case .name: ["name": texts.nameOfPerson]
        case .rights: ["role": texts.role, "tier": texts.plan]
        case .deletion: ["confirm": texts.typeToConfirm(email)]
        case .status, .confirmation, .reset, .unlock, .sessions, .keys, .factors, .decision: [:]
        }
    }
}

/// What was done to the account: the word for it in the address of the page that follows.
///
/// Closed, so that no text of an address is ever shown.
enum UserChange: String, CaseIterable {
    case name, rights, disabled, enabled, confirmed
    /// A link that sets a new password was sent.
    case reset
    case unlocked
    case session, sessions, key, keys
    /// The second factors were removed.
    case factors

    /// What a change of the account led to.
    init(_ body: RequestBody) {
        self =
            switch UserForm(changing: body) {
            case .rights: .rights
            case .status: body.text("status") == .text("active") ? .enabled : .disabled
            case .confirmation: .confirmed
            default: .name
            }
    }
}

/// Why a form of the page failed.
struct UserFailure {
    let form: UserForm
    /// Nil where the administrator may not do it at all.
    private let failure: FormFailure?

    /// A failure; nil where the form would not help.
    init?(_ form: UserForm, _ error: RequestError, email: String, texts: any Texts) {
        self.form = form
        if error.code == .forbidden {
            failure = nil
        } else {
            failure = FormFailure(
                error, labels: form.labels(texts, email: email), title: texts.notDone(form),
                texts: texts)
            guard failure != nil else { return nil }
        }
    }

    /// What is wrong with the value of a field.
    subscript(field: String) -> FieldError? { failure?[field] }

    /// The notice above the page: what was not done, and why; with links to the fields.
    func summary(_ texts: any Texts) -> HTML {
        failure.map { $0.summary(texts) }
            ?? notice(.error, texts.notDone(form), text: texts.ownerAlone, follows: .action)
    }
}
