import Auth
import HTTP

extension PageContext {
    /// The page of an account that waits for approval.
    ///
    /// The owner is told of it once its address is confirmed, so that comes first.
    /// - Parameters:
    ///   - account: Pending.
    ///   - outcome: What the last action led to.
    /// - Returns: The page.
    func pendingPage(_ account: Account, outcome: HTML? = nil) -> Response {
        let needsConfirmation = account.emailVerifiedAt == nil && service.sendsMail
        return cardPage(
            texts.waitingTitle, lead: needsConfirmation ? nil : texts.accountWaitsLead
        ) {
            outcome
            facts {
                fact(texts.account, bdi(account.name))
                fact(texts.email, bdi(account.email.address))
                fact(texts.status, badge(.pending, texts.waitingForApproval))
                fact(
                    texts.accountRequested,
                    time(account.createdAt, now: service.now, texts: texts))
            }
            if needsConfirmation {
                notice(.warning, text: texts.confirmEmailFirst(account.email.address))
                postForm(
                    "/auth/email/verify/resend", button(texts.resendLink, .primary, isBlock: true))
            } else {
                notice(
                    .info,
                    text: service.sendsMail
                        ? texts.emailAfterDecision(account.email.address)
                        : texts.noEmailAfterDecision, icon: .mail)
            }
            actions {
                linkButton(texts.checkAgain, Pages.Path.account)
                postForm(Pages.Path.logout, button(texts.signOut, .quiet))
            }
        }
    }
}
