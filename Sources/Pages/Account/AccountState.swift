import Auth
import Web

/// What the account page shows, beside the texts.
struct AccountState {
    let account: Account
    /// The session of the browser that shows it.
    let session: Session?
    /// The live sessions, this one first.
    let sessions: [SessionDetails]
    /// The live API keys, newest first.
    let keys: [APIKeyDetails]
    /// What proves the person beside the password.
    let factors: FactorOverview
    let trustedBrowsers: [TrustedBrowser]
    /// The latest events, newest first.
    let activity: [Event]
    let now: Timestamp
    var outcome = AccountOutcome.none

    /// Whether recovery codes are of use: they belong to a second factor, and follow the password.
    var usesRecoveryCodes: Bool { factors.hasSecondFactor && factors.hasPassword }

    /// Whether it is time for new recovery codes.
    var lacksRecoveryCodes: Bool {
        usesRecoveryCodes && factors.recoveryCodes <= FactorOverview.fewRecoveryCodes
    }

    /// How the last action ended, where a section says it.
    func made(in section: AccountSection) -> AccountChangeMade? {
        guard case .made(let change) = outcome, change.section == section else { return nil }
        return change
    }

    /// Why a form failed.
    func failure(of form: AccountForm) -> AccountFailure? {
        guard case .failed(let failure) = outcome, failure.form == form else { return nil }
        return failure
    }
}

/// What the last action on the account page caused.
enum AccountOutcome {
    /// The page was opened.
    case none
    case made(AccountChangeMade)
    case failed(AccountFailure)
}

extension PageContext {
    /// The events that the account page shows.
    private static let latestEvents = 5

    /// Reads what the account page shows.
    ///
    /// - Throws: `unavailable`; `notInMemory` on the loop lane.
    func accountState(of caller: Caller) throws(RequestError) -> AccountState {
        try domain { service throws(AuthError) in
            let sessions = try all { page throws(AuthError) in
                try service.sessions.sessions(of: caller, page)
            }
            let keys = try all { page throws(AuthError) in
                try service.apiKeys.apiKeys(of: caller, page)
            }
            let own = sessions.filter { $0.session.id == caller.session?.id }
            let others = sessions.filter { $0.session.id != caller.session?.id }
            return AccountState(
                account: caller.account, session: caller.session, sessions: own + others,
                keys: keys, factors: try service.factors.overview(of: caller),
                trustedBrowsers: try service.factors.trustedBrowsers(of: caller),
                activity: try service.audit.events(
                    matching: EventQuery(), of: caller, PageRequest(limit: Self.latestEvents)
                ).items.map(\.event),
                now: service.now)
        }
    }

    /// All items of a list that is bounded for each account.
    func all<Item>(
        _ page: (PageRequest) throws(AuthError) -> Page<Item>
    ) throws(AuthError) -> [Item] {
        var items: [Item] = []
        var request = PageRequest(limit: 100)
        while true {
            let found = try page(request)
            items += found.items
            guard let next = found.next else { return items }
            request = PageRequest(limit: 100, after: next)
        }
    }
}
