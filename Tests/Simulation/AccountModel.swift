import Auth
import Crypto
import TestSupport

/// A model of one client's account, updated from responses: later responses are checked against it.
struct AccountModel {
    /// What the client can know about a state.
    enum Certainty {
        case no, perhaps, yes
    }

    /// A session, by its credentials.
    struct Known {
        /// The Bearer token; nil for a session that a form began.
        let token: String?
        let cookie: String
        /// Whether it is live.
        var isLive = Certainty.yes
        /// The number of clock jumps when it began.
        let jumps: Int
    }

    /// The password of all clients.
    static let password = "correct horse battery"

    /// The number of the client.
    let index: Int
    /// Whether this client sets the server up.
    let isOwner: Bool
    /// Whether the account exists.
    var account = Certainty.no
    /// The sessions that were created.
    var sessions: [Known] = []
    /// What is known of sign-ins in two steps; nil for an account without a second factor.
    var twoSteps: TwoStepModel?
    /// The approval setting last chosen by the owner; nil once that is unknown.
    var approval: Bool? = true
    /// The name of the account.
    var name = KnownName()
    /// What a browser may do next, after the last response to it.
    var follows: [BrowserRequest] = []

    /// The email of the account.
    var email: String { "client\(index)@example.org" }

    /// The client's address.
    var address: String { "203.0.113.\(index + 1)" }

    /// The credentials of a session.
    func fields(of session: Int?, byCookie: Bool) -> [String] {
        guard let session else { return [] }
        let known = sessions[session]
        guard !byCookie, let token = known.token else {
            return ["Cookie: session_token=\(known.cookie)"]
        }
        return ["Authorization: Bearer \(token)"]
    }
}

extension AccountModel {
    /// Checks a response against the model, and updates the model.
    ///
    /// - Parameters:
    ///   - answer: The response.
    ///   - owed: The request.
    ///   - jumps: The number of clock jumps so far.
    ///   - stored: The durable state.
    ///   - isCalm: Whether no request may be refused.
    /// - Returns: The violation; nil without one.
    mutating func judge(
        _ answer: ReceivedResponse, to owed: PendingRequest, jumps: Int, stored: Memory,
        isCalm: Bool
    ) -> String? {
        let status = answer.status
        if status == 503 || status == 429 {
            lose(owed.ask)
            if answer.fields["retry-after"].flatMap({ Int($0) }) == nil {
                return "\(status) without Retry-After"
            }
            if status == 503, !answer.cookies.isEmpty { return "503 with a cookie" }
            if owed.ask.isOfBrowser, !answer.isPage { return "\(status) without a page" }
            if isCalm, status == 503 { return "503 although all is well" }
            if status == 503, owed.ask.needsNoDisk { return "503 for what is in memory" }
            return nil
        }
        switch owed.ask {
        case .signup, .setUp:
            switch (status, account) {
            case (201, .no), (201, .perhaps): return begin(answer, owed, stored)
            case (409, .perhaps), (409, .yes):
                account = .yes
                return nil
            default: return "\(status) where the account exists: \(account)"
            }
        case .login where twoSteps != nil: return judgeFirstStep(answer, stored)
        case .secondStep(let challenge, let code):
            return judgeSecondStep(
                answer, owed, challenge: challenge, code: code, stored, isCalm: isCalm)
        case .login:
            switch (status, account) {
            case (200, .perhaps), (200, .yes): return begin(answer, owed, stored)
            // A lost request may still be in progress: its effect stays possible.
            case (401, .no), (401, .perhaps): return nil
            default: return "\(status) for the right password where the account exists: \(account)"
            }
        case .loginWithWrongPassword:
            return status == 401 ? nil : "\(status) for a wrong password"
        case .me(let session, _, let isHead):
            if status == 200, !isHead, !answer.body.contains("\"\(email)\"") {
                return "the account of another client"
            }
            if status == 200, !isHead, !name.admits(content: answer.body) {
                return "the account has an old name"
            }
            return judge(status, good: 200, session, jumps)
        case .sessions(let session): return judge(status, good: 200, session, jumps)
        case .logout(let session, _):
            guard status == 200 else { return "\(status) for a logout" }
            return session.flatMap { end($0, jumps, stored) }
        case .approval(let isOn, let session):
            if status == 200, approval != nil { approval = isOn }
            return judge(status, good: 200, session, jumps)
        case .browser(let request):
            return judge(answer, to: request, owed, jumps: jumps, stored)
        case .config:
            guard status == 200 else { return "\(status) for the settings" }
            guard isOwner, let approval else { return nil }
            return answer.body.contains("\"approval\":\(approval)") ? nil : "settings of the past"
        case .health: return status == 200 ? nil : "\(status) for health"
        case .unknownPath: return status == 404 ? nil : "\(status) for nothing"
        case .malformed:
            return status == 400 && answer.closes ? nil : "\(status) for what is no request"
        }
    }

    /// Records that a request will never be answered.
    mutating func lose(_ ask: ClientRequest) {
        switch ask {
        case .signup, .setUp: if account == .no { account = .perhaps }
        case .logout(let session?, _):
            if sessions[session].isLive == .yes { sessions[session].isLive = .perhaps }
        case .secondStep(let challenge, let code):
            twoSteps?.lose(challenge: challenge, code: code)
        case .approval: approval = nil
        case .browser(.signOut(let session)): lose(.logout(session, byCookie: true))
        case .browser(.changeName(let name, _)): self.name.lose(name)
        default: break
        }
    }

    /// Records the session that a response created.
    mutating func begin(
        _ answer: ReceivedResponse, _ owed: PendingRequest, _ stored: Memory
    ) -> String? {
        account = .yes
        let token = answer[member: "token"]
        guard let cookie = answer.cookie, (token == nil) == owed.ask.isOfBrowser else {
            return "no credentials in \(answer.status)"
        }
        sessions.append(Known(token: token, cookie: cookie, jumps: owed.jumps))
        let hash = SHA256.digest(Base64URL.decode(cookie.utf8) ?? [])
        guard stored.credentials.contains(where: { $0.account.email.address == email }) else {
            return "\(answer.status) before the account was durable"
        }
        guard stored.sessions.contains(where: { $0.session.tokenHash == hash }) else {
            return "\(answer.status) before the session was durable"
        }
        return nil
    }

    /// Records that a session has ended.
    mutating func end(_ session: Int, _ jumps: Int, _ stored: Memory) -> String? {
        guard sessions[session].jumps == jumps else {
            // Its token may have been invalid at that time of day.
            lose(.logout(session, byCookie: true))
            return nil
        }
        sessions[session].isLive = .no
        let hash = SHA256.digest(Base64URL.decode(sessions[session].cookie.utf8) ?? [])
        let isEnded = stored.sessions.contains {
            $0.session.tokenHash == hash && $0.endedAt != nil
        }
        return isEnded ? nil : "a response before the end of the session was durable"
    }

    /// Checks a status against what is known of the session.
    func judge(_ status: Int, good: Int, _ session: Int?, _ jumps: Int) -> String? {
        guard let session else { return status == 401 ? nil : "\(status) without a credential" }
        let known = sessions[session]
        switch (status, known.isLive) {
        case (good, .yes), (good, .perhaps), (401, .no), (401, .perhaps): return nil
        case (401, .yes) where known.jumps != jumps: return nil
        default: return "\(status) for a session that is live: \(known.isLive)"
        }
    }
}
