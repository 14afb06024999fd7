import Auth
import TestSupport

/// What is known of the name of an account.
struct KnownName {
    /// The last name whose change was acknowledged; nil before the first.
    private var acknowledged: String?
    /// The names of changes that were never answered: each may take effect at any time.
    private var possible: [String] = []
    /// The names of all changes, in the order in which they were sent.
    private var sent: [String] = []

    /// Records a change that is sent.
    mutating func send(_ name: String) { sent.append(name) }

    /// Records a change that was acknowledged.
    mutating func acknowledge(_ name: String) { acknowledged = name }

    /// Records a change that will never be answered.
    mutating func lose(_ name: String) { possible.append(name) }

    /// Whether the account may have a name now that a change was acknowledged: a client that reads
    /// slowly gets the response when later changes of the same connection have taken effect.
    func admits(_ name: String, after change: String) -> Bool {
        possible.contains(name) || sent.drop { $0 != change }.contains(name)
    }

    /// Whether a page or a JSON object may be that of the account now: a name is in quotes in both.
    func admits(content: String) -> Bool {
        guard let acknowledged else { return true }
        return ([acknowledged] + possible).contains { content.contains("\"\($0)\"") }
    }
}

extension AccountModel {
    /// Checks a response to a browser against the model, and updates the model.
    ///
    /// - Parameters:
    ///   - answer: The response, neither 429 nor 503.
    ///   - request: The request of the browser.
    ///   - owed: The same with what surrounds it.
    ///   - jumps: The number of clock jumps so far.
    ///   - stored: The durable state.
    /// - Returns: The violation; nil without one.
    mutating func judge(
        _ answer: ReceivedResponse, to request: BrowserRequest, _ owed: PendingRequest, jumps: Int,
        _ stored: Memory
    ) -> String? {
        guard answer.isPage || answer.status == 303 else {
            return "\(answer.status) without a page"
        }
        // Where a page needs a session, a redirect to the sign-in page is what 401 is in JSON.
        let isSignedOut = answer.redirects(to: "/auth/login?return_to=")
        let status = isSignedOut ? 401 : answer.status
        switch request {
        case .signInPage(let session): return judgeSignInPage(answer, session, jumps)
        case .signIn(isPasswordRight: false):
            return status == 401 && answer.isPage ? nil : "\(status) for a wrong password"
        case .signIn(isPasswordRight: true):
            switch (status, account) {
            case (303, .perhaps), (303, .yes):
                guard answer.redirects(to: "/auth/account") else { return "sign-in leads astray" }
                let violation = begin(answer, owed, stored)
                follows = [.accountPage(sessions.count - 1)]
                return violation
            case (401, .no), (401, .perhaps): return nil
            default: return "\(status) for the right password where the account exists: \(account)"
            }
        case .accountPage(let session):
            if status == 200, !answer.body.contains(email) { return "the page of another account" }
            if status == 200, !name.admits(content: answer.body) {
                return "the page has an old name"
            }
            return judge(status, good: 200, session, jumps)
        case .changeName(let name, let session):
            if status == 303, let violation = change(name, answer, session, stored) {
                return violation
            }
            return judge(status, good: 303, session, jumps)
        case .signOut(let session):
            guard answer.redirects(to: "/auth/login?done=logout") else {
                return "\(status) for signing out"
            }
            // The browser shows sign-in; a window from before still has the cookie.
            follows = [.signInPage(nil), .signInPage(session), .accountPage(session)]
            return end(session, jumps, stored)
        }
    }

    /// Checks the sign-in page: it says who is signed in, and only while the session is live.
    private func judgeSignInPage(
        _ answer: ReceivedResponse, _ session: Int?, _ jumps: Int
    ) -> String? {
        if answer.redirects(to: "/auth/setup") {
            return isOwner && account == .yes ? "setup although there is an owner" : nil
        }
        guard answer.status == 200 else { return "\(answer.status) for the sign-in page" }
        let isSignedIn = answer.body.contains(email)
        guard let session else { return isSignedIn ? "a signed-in person without a cookie" : nil }
        return judge(isSignedIn ? 200 : 401, good: 200, session, jumps)
    }

    /// Records a change of the name that was acknowledged.
    private mutating func change(
        _ name: String, _ answer: ReceivedResponse, _ session: Int, _ stored: Memory
    ) -> String? {
        guard answer.redirects(to: "/auth/account?done=profile") else {
            return "the form leads astray"
        }
        self.name.acknowledge(name)
        follows = [.accountPage(session)]
        let known = self.name
        let isDurable = stored.credentials.contains {
            $0.account.email.address == email && known.admits($0.account.name, after: name)
        }
        return isDurable ? nil : "303 before the change of the name was durable"
    }
}
