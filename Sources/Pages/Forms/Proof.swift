import Auth
import HTTP
import Web

/// The proof that a form carries: fields that the page of a fresh proof adds to those of the form.
///
/// A form that failed for want of a fresh proof is shown as that page, which posts it again to the same
/// path with the proof; what was typed is kept, secrets excepted.
extension PageContext {
    /// The caller, after the proof that the form carries; unchanged where it carries none, and where a password
    /// is part of it that may not be checked there.
    ///
    /// - Throws: As `SignInService.reauthenticate`.
    func proven(_ caller: Caller) throws(RequestError) -> Caller {
        let body = try form()
        guard body.has(ProofField.method),
            request.mayCheckPasswords || ProofField.isPasswordless(posted(ProofField.method))
        else { return caller }
        var proof = ReauthenticationRequest()
        proof.method = body.text(ProofField.method)
        proof.password = body.text(ProofField.password)
        proof.code = body.text(ProofField.code)
        proof.credential = PasskeyInput(body, ProofField.credential)
        _ = try domain { service throws(AuthError) in
            try service.signIn.reauthenticate(proof, by: caller, from: request.clientContext)
        }
        // The session knows of the proof now.
        return try request.identifiedCaller(for: .person)
    }

    /// The page of a fresh proof for a form that failed without one, or whose proof was wrong; nil for
    /// other errors.
    ///
    /// - Parameters:
    ///   - error: Of the request.
    ///   - caller: Who is signed in.
    ///   - place: The page that the form is on.
    /// - Returns: The page.
    /// - Throws: `unavailable`.
    func proofPage(
        after error: RequestError, of caller: Caller, from place: String
    ) throws(RequestError) -> Response? {
        let methods: [SignInMethod]
        var failure: HTML?
        if case .domain(.reauthenticationRequired(let known)) = error {
            methods = known
        } else {
            guard !posted(ProofField.method).isEmpty, ProofField.concerns(error) else { return nil }
            methods = try domain { service throws(AuthError) in
                try service.signIn.proofMethods(of: caller)
            }
            failure = proofFailure(error)
        }
        return failed(error, proofPage(methods, caller, from: place, failure))
    }

    /// What went wrong with a proof.
    func proofFailure(_ error: RequestError) -> HTML {
        let advice = error.retryAfter.map { texts.tryAgain(inSeconds: $0) }
        return Pages.warning(
            texts.title(of: error.code), advice ?? texts.advice(for: error.code))
    }

    /// A form with secrets is not kept: after the proof it is filled in once more.
    ///
    /// Neither is one whose path checks no passwords, where the proof takes one.
    private func proofPage(
        _ methods: [SignInMethod], _ caller: Caller, from place: String, _ failure: HTML?
    ) -> Response {
        let fields = (try? form())?.formFields ?? []
        let hasSecrets = fields.contains {
            ProofField.secrets.contains($0.name) && !$0.value.isEmpty
        }
        let elsewhere = ProofTarget(
            path: Pages.Path.reauthenticate, fields: [("return_to", place)])
        let here = ProofTarget(
            path: String(decoding: request.request.path, as: UTF8.self),
            fields: fields.filter { !ProofField.all.contains($0.name) })
        let target = hasSecrets ? elsewhere : here
        let passwordTarget = request.mayCheckPasswords ? target : elsewhere
        let isLeft = (methods == [.password] ? passwordTarget : target).path == elsewhere.path
        let lead = "\(texts.proofLead) \(isLeft ? texts.proofThenAgain : texts.proofForForm)"
        return cardPage(
            texts.proofTitle, lead: lead, usesPasskeys: methods.contains(.passkey)
        ) {
            failure
            proofForms(
                methods, caller.account, target, withPassword: passwordTarget,
                isFocused: failure == nil)
            links(texts.otherWays, [Link(texts.cancel, place)])
        }
    }
}

/// The names of the fields of a proof.
enum ProofField {
    static let method = "proof_method"
    static let password = "proof_password"
    static let code = "proof_code"
    static let credential = "proof_credential"
    static let all: Set = [method, password, code, credential]
    /// Fields that no page repeats.
    static let secrets: Set = ["password", "currentPassword", "newPassword", "code", "credential"]

    /// Whether a proof by a method, as sent, takes no password.
    static func isPasswordless(_ method: String) -> Bool {
        [SignInMethod.totp, .passkey].contains { $0.rawValue == method }
    }

    /// Whether an error is one of the proof, and not of the form around it.
    static func concerns(_ error: RequestError) -> Bool {
        switch error.code {
        case .invalidCode, .invalidPasskey, .invalidChallenge, .wrongPassword, .tooManyRequests:
            true
        default: false
        }
    }
}

/// Where a proof is posted, with what.
struct ProofTarget {
    let path: String
    let fields: [(name: String, value: String)]
}

extension PageContext {
    /// A form for each method, in the order of the second step.
    ///
    /// - Parameters:
    ///   - methods: What counts as the proof.
    ///   - account: Of the caller.
    ///   - target: Where the proof is posted.
    ///   - passwordTarget: Where a proof is posted that takes a password; nil for the same.
    ///   - isFocused: Whether the cursor is in the first field when the page opens.
    /// - Returns: The forms.
    func proofForms(
        _ methods: [SignInMethod], _ account: Account, _ target: ProofTarget,
        withPassword passwordTarget: ProofTarget? = nil, isFocused: Bool
    ) -> HTML {
        let passwordTarget = passwordTarget ?? target
        return html {
            if methods.contains(.totp) {
                proofForm(.totp, target) {
                    field(
                        texts.sixDigitCode, name: ProofField.code, autocomplete: .oneTimeCode,
                        type: .oneTimeCode, isFocused: isFocused, hint: texts.sixDigitCodeHint)
                    button(texts.confirmWithCode, .primary, isBlock: true)
                }
            }
            if methods.contains(.passkey) {
                passkeyForm(
                    target.path, .get, at: "\(service.websiteURL)",
                    asking: #"{"reauthenticate":true}"#,
                    hidden: target.fields.map { ($0.name, $0.value) }
                        + [(ProofField.method, SignInMethod.passkey.rawValue)],
                    field: ProofField.credential, texts.usePasskey,
                    methods.contains(.totp) ? .secondary : .primary, texts: texts)
            }
            if methods.contains(.password) {
                proofForm(.password, passwordTarget) {
                    hiddenUsername(account.email.address)
                    passwordField(
                        texts.password, .current, name: ProofField.password,
                        isFocused: isFocused, texts: texts)
                    button(texts.confirmWithPassword, .primary, isBlock: true)
                }
            }
            if methods.contains(.recovery) {
                fold(texts.useRecoveryCode) {
                    proofForm(.recovery, passwordTarget) {
                        hiddenUsername(account.email.address)
                        passwordField(
                            texts.password, .current, name: ProofField.password,
                            id: "recovery-password", texts: texts)
                        field(
                            texts.recoveryCode, name: ProofField.code, autocomplete: .off,
                            id: "recovery-code", maximumLength: 40, hint: texts.recoveryCodeHint)
                        button(texts.confirmWithRecoveryCode, isBlock: true)
                    }
                }
            }
        }
    }

    private func proofForm(
        _ method: SignInMethod, _ target: ProofTarget, @HTMLBuilder _ content: () -> HTML
    ) -> HTML {
        let fields = content()
        return postForm(target.path, hidden: [ProofField.method: method.rawValue]) {
            for field in target.fields { hiddenField(field.name, field.value) }
            fields
        }
    }
}

extension RouteRules {
    /// The rules of a form that may carry a proof, and that no endpoint shares: a password in it is checked
    /// where passwords are, and its bytes are overwritten.
    static func proven(_ access: AccessRule) -> RouteRules {
        RouteRules(on: .hashing, access: access, limit: .passwordCheck, [.secretBody])
    }
}
