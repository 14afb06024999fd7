import Auth
import HTTP
import Web

extension Pages {
    static func data(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            accountForm(
                .deletion, "/auth/me/delete", configuration,
                .init(
                    on: .hashing, access: .account(.person), limit: .passwordCheck, [.secretBody])
            ) { context, caller throws(RequestError) in
                let body = try context.form()
                try context.domain { service throws(AuthError) in
                    try service.accounts.deleteAccount(
                        password: body.text("password"), of: caller,
                        from: context.request.clientContext)
                }
                var response = context.seeOther(context.addressAfterDeletion)
                context.request.clearCookie(on: &response)
                return response
            }
        ]
    }
}

extension PageContext {
    /// The export, and the end of the account.
    func dataSection(_ state: AccountState) -> HTML {
        panel(
            texts.name(of: .data), id: AccountSection.data.rawValue, about: texts.exportIntroduction
        ) {
            actions { linkButton(texts.downloadData, "/auth/me/export") }
            void("hr")
            if state.account.role == .owner {
                failureNotice(state, of: .deletion)
                p("muted") { texts.ownerCannotBeDeleted }
            } else {
                deletionForm(state)
            }
        }
    }

    private func deletionForm(_ state: AccountState) -> HTML {
        let failure = state.failure(of: .deletion)
        return fold(texts.deleteYourAccount, isOpen: failure != nil) {
            postForm("/auth/me/delete") {
                failureNotice(state, of: .deletion)
                p("muted") { texts.deletionConsequence }
                hiddenUsername(state.account.email.address)
                if state.factors.hasPassword {
                    passwordField(
                        texts.currentPassword, .current,
                        id: AccountForm.deletion.id(of: "password"), error: failure?["password"],
                        texts: texts)
                }
                actions { button(texts.deleteAccount, .danger) }
            }
        }
    }

    /// The sign-in page; that of this server says that the account is deleted.
    fileprivate var addressAfterDeletion: String {
        configuration.loginPage == Pages.Path.login
            ? "\(Pages.Path.login)?done=deleted" : configuration.loginPage
    }
}
