import Auth
import HTTP
import Web

extension PageContext {
    /// The page of a link that does not work: why, and what to do instead.
    ///
    /// - Parameters:
    ///   - error: Of the request.
    ///   - token: Of the link.
    ///   - purpose: What the page is for.
    /// - Returns: The page; nil for an error that is not about the link.
    /// - Throws: `unavailable`, when it cannot be found out whether the link has expired.
    func failedLink(
        _ error: RequestError, token: String, for purpose: LinkToken.Purpose
    ) throws(RequestError) -> Response? {
        switch error {
        case .domain(.invalidLink(let settled?)):
            return failed(error, usedLinkPage(settled, purpose))
        case .domain(.invalidLink(nil)):
            let expired = try domain { service throws(AuthError) in
                try service.email.expiredLink(token: token)
            }
            return failed(error, expired.map(expiredLinkPage) ?? unknownLinkPage(purpose))
        case .domain(.invalidInput(let inputs)) where inputs.contains(.missing("token")):
            return failed(error, unknownLinkPage(purpose))
        default: return nil
        }
    }

    private func usedLinkPage(_ settled: SettledLink, _ purpose: LinkToken.Purpose) -> Response {
        cardPage(texts.settled(settled.outcome)) {
            notice(
                .info,
                text: texts.linkUsed(
                    time(settled.settledAt, now: service.now, .sentence, texts: texts)))
            switch settled.outcome {
            case .approved, .declined, .confirmed, .cancelled: wayOn(purpose)
            case .passwordSet, .rejected: wayToSignIn
            }
            requestIDNote
        }
    }

    private func expiredLinkPage(_ link: ExpiredLink) -> Response {
        cardPage(texts.linkExpired, lead: texts.lifetime(of: link.purpose)) {
            notice(
                .error, texts.nothingWasChanged,
                text: texts.linkExpired(
                    time(link.expiredAt, now: service.now, .sentence, texts: texts)))
            wayOn(link.purpose)
            requestIDNote
        }
    }

    private func unknownLinkPage(_ purpose: LinkToken.Purpose) -> Response {
        cardPage(texts.title(of: .invalidLink)) {
            notice(.error, texts.nothingWasChanged, text: texts.linkUnknown)
            wayOn(purpose)
            requestIDNote
        }
    }

    /// Where one gets another link, or does the same without one.
    private func wayOn(_ purpose: LinkToken.Purpose) -> HTML {
        guard configuration.isEnabled else { return wayToSignIn }
        return switch purpose {
        case .resetPassword where service.sendsMail:
            linkButton(
                texts.requestNewLink, Pages.Path.forgotPassword, .primary, isBlock: true)
        case .resetPassword: wayToSignIn
        case .verifyEmail:
            linkButton(texts.goToAccount, Pages.Path.account, .primary, isBlock: true)
        case .decide:
            linkButton(texts.goToAdministration, Pages.Path.admin, .primary, isBlock: true)
        }
    }

    private var wayToSignIn: HTML {
        linkButton(texts.goToSignIn, configuration.loginPage, .primary, isBlock: true)
    }
}
