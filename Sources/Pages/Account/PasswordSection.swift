import Auth
import Web

extension Pages {
    static func password(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(.password, "/auth/password/change", configuration) {
                context, caller throws(RequestError) in
                let body = try context.form()
                var objections: [InvalidInput] = []
                let revokesAPIKeys = body.optionalFlag("revokeApiKeys", &objections) ?? false
                let others = objections
                let device = try context.domain { service throws(AuthError) in
                    try service.passwords.changePassword(
                        from: body.text("currentPassword"), to: body.text("newPassword"),
                        revokingAPIKeys: revokesAPIKeys, others: others, by: caller,
                        at: context.request.clientContext)
                }
                var response = context.seeOther(AccountChangeMade.password.address)
                context.request.set(device: device, on: &response)
                return response
            }
        ]
    }
}

extension PageContext {
    /// The form for another password.
    func passwordSection(_ state: AccountState) -> HTML {
        let failure = state.failure(of: .password)
        return panel(
            texts.name(of: .password), id: AccountSection.password.rawValue,
            about: texts.changePasswordConsequence(isMailed: service.sendsMail)
        ) {
            doneNotice(state, in: .password)
            postForm("/auth/password/change") {
                failureNotice(state, of: .password)
                hiddenUsername(state.account.email.address)
                if state.factors.hasPassword {
                    pair {
                        passwordField(
                            texts.currentPassword, .current, name: "currentPassword",
                            error: failure?["currentPassword"], texts: texts)
                        newPasswordField(failure)
                    }
                } else {
                    newPasswordField(failure)
                }
                choice(
                    texts.revokeKeysToo, name: "revokeApiKeys",
                    isOn: failure != nil && posted("revokeApiKeys") == "true",
                    hint: texts.revokeKeysTooHint)
                actions {
                    button(state.factors.hasPassword ? texts.changePassword : texts.setPassword)
                }
            }
        }
    }

    private func newPasswordField(_ failure: AccountFailure?) -> HTML {
        passwordField(
            texts.newPassword, .new(minimumLength: service.minimumPasswordLength),
            name: "newPassword", hint: texts.newPasswordHint, error: failure?["newPassword"],
            texts: texts)
    }
}
