import Auth
import Crypto
import Web

/// What the page of one account shows.
struct UserState {
    let account: Account
    /// What the administrator may do to it.
    let options: AdministratorOptions
    /// Whether it is the administrator's own.
    let isOwn: Bool
    /// How failed sign-ins limit it; nil where they do not.
    let lock: AccountLock?
    /// Its latest use in a session that is kept.
    let lastSeen: Timestamp?
    let sessions: [SessionDetails]
    let keys: [APIKeyDetails]
    /// What proves the person.
    let factors: FactorOverview
    /// The invitations that it created, newest first.
    let invites: Page<Invite>
    let areInvitesFirst: Bool
    /// The latest events that it caused, or that are about it.
    let events: EventList
    var failure: UserFailure?

    /// Why a form failed.
    func failure(of form: UserForm) -> UserFailure? {
        failure?.form == form ? failure : nil
    }
}

extension PageContext {
    /// The invitations of one page.
    private static let invitesPerPage = 10
    /// The events of the page.
    private static let latestEvents = 10

    /// Reads what the page of the account in the path shows.
    ///
    /// - Throws: `notFound`; `unavailable`.
    func userState(by caller: Caller) throws(RequestError) -> UserState {
        let id = try request.idInPath()
        let after = Cursor(query("cursor"))
        var events = EventQuery()
        events.account = id
        return try domain { service throws(AuthError) in
            let administration = service.administration
            let account = try administration.user(id).account
            return UserState(
                account: account, options: administration.options(for: account, of: caller),
                isOwn: caller.account.id == id, lock: try administration.lock(of: id),
                lastSeen: try administration.lastSeen(of: [id])[id],
                sessions: try all { page throws(AuthError) in
                    try administration.sessions(of: id, page)
                },
                keys: try all { page throws(AuthError) in
                    try administration.apiKeys(of: id, page)
                },
                factors: try service.factors.overview(of: id, by: .caller(caller)),
                invites: try administration.invites(
                    madeBy: id, PageRequest(limit: Self.invitesPerPage, after: after)),
                areInvitesFirst: after == nil,
                events: try EventList(
                    service, matching: events, PageRequest(limit: Self.latestEvents)))
        }
    }
}
