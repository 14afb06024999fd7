/// An account with the number of its credentials.
public struct AccountOverview: Sendable {
    /// The account.
    public let account: Account
    /// The name of the form of its password hash; nil for an account without a password.
    public let passwordForm: String?
    /// What it has besides one.
    public let factors: EnrolledFactors
    /// Its live sessions.
    public let sessions: Int
    /// Its live API keys.
    public let apiKeys: Int

    /// What it can be proven with.
    public var methods: [SignInMethod] {
        SignInMethod.allCases.filter { method in
            switch method {
            case .password: passwordForm != nil
            case .totp: factors.hasTOTP
            case .recovery: factors.hasRecoveryCodes
            case .passkey: factors.passkeys > 0
            }
        }
    }
}

extension AccountService {
    /// An account's overview for the operator.
    ///
    /// - Returns: Nil when no account has this email.
    /// - Throws: `unavailable`.
    public func overview(ofEmail email: String) throws(AuthError) -> AccountOverview? {
        guard let id = try context.accountID(email), let record = try store.account(id) else {
            return nil
        }
        let time = now()
        return AccountOverview(
            account: record.account,
            passwordForm: try store.credential(record.account.email)?.password?.form,
            factors: EnrolledFactors(try store.credentials(of: id)),
            sessions: try count { page throws(AuthError) in
                try store.sessions(of: id, page, now: time)
            },
            apiKeys: try count { page throws(AuthError) in
                try store.apiKeys(of: id, page, now: time)
            })
    }

    /// The length of a bounded list.
    private func count<Item>(
        _ page: (PageRequest) throws(AuthError) -> Page<Item>
    ) throws(AuthError) -> Int {
        var (count, request) = (0, PageRequest(limit: 100))
        while true {
            let present = try page(request)
            count += present.items.count
            guard let next = present.next else { return count }
            request = PageRequest(limit: 100, after: next)
        }
    }
}
