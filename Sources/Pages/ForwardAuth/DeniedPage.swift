import Auth
import HTTP
import Web

extension Pages {
    /// Where a proxy leads a browser whose account does not meet what an application requires.
    static func denied(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.denied, .init(on: .loop, access: .optionalCredentials),
                handler: { request throws(RequestError) in
                    guard let caller = try request.signedInCaller() else {
                        let context = PageContext(request, configuration)
                        return EndpointResult(
                            context.seeOther(
                                context.signInAddress(returningTo: context.returnAddress)))
                    }
                    return EndpointResult(
                        PageContext(request, configuration, caller).deniedPage(caller.account),
                        account: caller.account.id, reason: .requirementUnmet)
                })
        ]
    }
}

/// What an account lacks to use an application, as far as that is known.
enum DenialCause: Sendable, Equatable {
    /// It waits for approval.
    case pending
    /// Its address has to be confirmed.
    case unconfirmed
    /// Another role is required.
    case role(Account.Role)
    /// Another plan is required.
    case tier(Account.Tier)
    /// Whatever the proxy requires beside.
    case unknown
}

/// What the address says that an application requires: words of closed lists, anything else is ignored.
struct DeniedRequirement: Sendable, Equatable {
    let role: Account.Role?
    let tier: Account.Tier?

    /// What an account lacks first.
    ///
    /// - Parameters:
    ///   - account: Of the person.
    ///   - settings: Whether addresses have to be confirmed.
    /// - Returns: `unknown` also where the account has what is required: it may have got it meanwhile.
    func cause(for account: Account, under settings: Settings) -> DenialCause {
        guard account.status == .active else { return .pending }
        guard !account.mustConfirmEmail(under: settings) else { return .unconfirmed }
        if let role, !account.role.includes(role) { return .role(role) }
        if let tier, !account.tier.includes(tier) { return .tier(tier) }
        return .unknown
    }
}

extension PageContext {
    fileprivate func deniedPage(_ account: Account) -> Response {
        let requirement = DeniedRequirement(
            role: Account.Role(rawValue: query("role")), tier: Account.Tier(rawValue: query("tier"))
        )
        let target = returnAddress
        let cause = requirement.cause(for: account, under: service.state.settings)
        return cardPage(
            texts.deniedTitle(target?.host), lead: texts.deniedLead(cause), status: .forbidden
        ) {
            facts {
                fact(texts.signedInAs, identity(of: account, isUnconfirmed: cause == .unconfirmed))
                if let role = requirement.role { fact(texts.requiredRole, texts.name(of: role)) }
                if let tier = requirement.tier { fact(texts.requiredPlan, texts.name(of: tier)) }
                fact(texts.requestID, identifier: request.id.description)
            }
            div("stack") {
                switchAccountForm(target, .primary)
                linkButton(texts.goToAccount, Pages.Path.account, isBlock: true)
                if let target, let host = target.host {
                    linkButton(texts.backTo(host), target.location, .quiet, isBlock: true)
                }
            }
            p("card-foot muted") { texts.shouldHaveAccess(support: supportAddress) }
        }
    }

    /// Who the account is, with what may be the cause.
    private func identity(of account: Account, isUnconfirmed: Bool) -> HTML {
        html {
            bdi(account.email.address)
            " "
            badge(.plain, texts.name(of: account.role))
            if account.status != .active {
                " "
                badge(.pending, texts.waitingForApproval)
            }
            if isUnconfirmed {
                " "
                badge(.unconfirmed, texts.unconfirmed)
            }
        }
    }
}
