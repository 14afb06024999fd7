import Auth
import HTTP
import Web

extension PageContext {
    /// The page at the address of the account while it may not be used: it waits for approval, or its address
    /// has to be confirmed first; nil where it may be used.
    func unusableAccountPage(
        of caller: Caller, _ made: AccountChangeMade?, _ failure: AccountFailure? = nil
    ) throws(RequestError) -> Response? {
        do throws(AuthError) {
            try service.signIn.requireUsable(caller.account)
            return nil
        } catch .pendingApproval {
            return pendingPage(
                caller.account,
                outcome: failure.map { $0.summary(texts, level: .second) }
                    ?? made.map { notice(.success, text: texts.done($0), follows: .action) })
        } catch .emailUnverified {
            let overview = try domain { service throws(AuthError) in
                try service.factors.overview(of: caller)
            }
            return unconfirmedAccountPage(
                caller.account, made, failure, hasPassword: overview.hasPassword)
        } catch {
            throw .domain(error)
        }
    }

    /// The link may be sent again, and to another address: the first may have been mistyped.
    private func unconfirmedAccountPage(
        _ account: Account, _ made: AccountChangeMade?, _ failure: AccountFailure?,
        hasPassword: Bool
    ) -> Response {
        cardPage(texts.title(of: .emailUnverified), lead: texts.advice(for: .emailUnverified)) {
            if let failure, failure.form != .email {
                failure.summary(texts, level: .second)
            } else if let made {
                notice(.success, text: texts.done(made), follows: .action)
            }
            identification(of: account)
            if service.sendsMail {
                postForm(
                    "/auth/email/verify/resend", button(texts.resendLink, .primary, isBlock: true))
                changeEmailForm(
                    failure?.form == .email ? failure : nil, hasPassword: hasPassword,
                    level: .second)
            }
            actions {
                linkButton(texts.checkAgain, Pages.Path.account)
                postForm(Pages.Path.logout, button(texts.signOut, .quiet))
            }
        }
    }

    private func identification(of account: Account) -> HTML {
        facts {
            fact(texts.nameOfPerson, bdi(account.name))
            fact(texts.name(of: .email), bdi(account.email.address))
        }
    }
}
