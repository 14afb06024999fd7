import Auth
import Web

extension Pages {
    static func email(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(.resend, "/auth/email/verify/resend", configuration) {
                context, caller throws(RequestError) in
                let isSent = try context.domain { service throws(AuthError) in
                    try service.email.resendVerification(to: caller)
                }
                let made = isSent ? AccountChangeMade.link : .confirmed
                return context.seeOther(made.address)
            },
            accountForm(.email, "/auth/email/change", configuration) {
                context, caller throws(RequestError) in
                let body = try context.form()
                try context.domain { service throws(AuthError) in
                    try service.email.changeEmail(
                        to: body.text("email"), password: body.text("password"), by: caller,
                        from: context.request.clientContext)
                }
                return context.seeOther(AccountChangeMade.email.address)
            },
        ]
    }
}

extension PageContext {
    /// The address with its state, and a form for another one.
    func emailSection(_ state: AccountState) -> HTML {
        panel(texts.name(of: .email), id: AccountSection.email.rawValue) {
            doneNotice(state, in: .email)
            failureNotice(state, of: .resend)
            facts {
                fact(
                    texts.name(of: .email),
                    html {
                        bdi(state.account.email.address)
                        " "
                        emailBadge(of: state.account)
                    })
            }
            if !service.sendsMail {
                failureNotice(state, of: .email)
                p("muted") { texts.emailFixed }
            } else {
                if state.account.emailVerifiedAt == nil {
                    p("muted") { texts.unconfirmedEmail }
                    postForm("/auth/email/verify/resend", button(texts.resendLink))
                }
                changeEmailForm(
                    state.failure(of: .email), hasPassword: state.factors.hasPassword)
            }
        }
    }

    /// The form for another address, folded; with the password of an account that has one.
    func changeEmailForm(
        _ failure: AccountFailure?, hasPassword: Bool, level: HeadingLevel = .third
    ) -> HTML {
        fold(texts.changeEmail, isOpen: failure != nil) {
            postForm("/auth/email/change") {
                failure.map { $0.summary(texts, level: level) }
                p("muted") { texts.changeEmailConsequence }
                field(
                    texts.newEmail, name: "email", autocomplete: .email, type: .email,
                    id: AccountForm.email.id(of: "email"),
                    value: failure == nil ? nil : posted("email"),
                    error: failure?["email"])
                if hasPassword {
                    passwordField(
                        texts.currentPassword, .current, id: AccountForm.email.id(of: "password"),
                        error: failure?["password"], texts: texts)
                }
                actions { button(texts.sendLink) }
            }
        }
    }
}
