import Crypto
import TestSupport
import Testing

@testable import Auth

struct LinkTokenConformanceTests {
    private func token(
        _ purpose: LinkToken.Purpose = .verifyEmail, of account: Account, email: String? = nil,
        lifetime: Int64 = 60
    ) -> LinkToken {
        LinkToken(
            hash: .random(), purpose: purpose, accountID: account.id,
            email: email.flatMap(Email.init), createdAt: .start,
            expiresAt: .start.adding(seconds: lifetime))
    }

    private func insert(_ tokens: [LinkToken], into store: any Store) throws {
        try store.write { transaction throws(AuthError) in
            for token in tokens { try transaction.issue(token) }
        }
    }

    /// The tokens that are still valid.
    private func found(_ tokens: [LinkToken], in store: any Store) throws -> [LinkToken] {
        try tokens.filter { try store.linkToken($0.hash, for: $0.purpose, at: .start) != nil }
    }

    @Test(arguments: StoreKind.all)
    func `a token is found by hash and purpose until it expires`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let kept = token(of: account, email: "new@example.org", lifetime: 10)
        try insert([kept], into: store)
        let last = Timestamp(milliseconds: kept.expiresAt.milliseconds - 1)
        #expect(try store.linkToken(kept.hash, for: .verifyEmail, at: last) == kept)
        #expect(try store.linkToken(kept.hash, for: .verifyEmail, at: kept.expiresAt) == nil)
        #expect(try store.linkToken(kept.hash, for: .resetPassword, at: .start) == nil)
        #expect(try store.linkToken(.random(), for: .verifyEmail, at: .start) == nil)
        for (time, isValid) in [(last, true), (kept.expiresAt, false)] {
            subject.clock.set(to: time)
            let seen = try store.write { transaction throws(AuthError) in
                [
                    try transaction.linkToken(kept.hash, for: .verifyEmail),
                    try transaction.validLinkToken(kept.hash, for: .verifyEmail),
                    try transaction.linkToken(kept.hash, for: .decide),
                ]
            }
            #expect(seen == [kept, isValid ? kept : nil, nil])
        }
    }

    @Test(arguments: StoreKind.all)
    func `a token is found by account and purpose until it expires`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let kept = token(of: account, lifetime: 10)
        try insert([kept, token(.resetPassword, of: other)], into: store)
        for (time, isValid) in [(.start, true), (kept.expiresAt, false)] {
            subject.clock.set(to: time)
            let seen = try store.write { transaction throws(AuthError) in
                [
                    try transaction.linkToken(of: account.id, for: .verifyEmail),
                    try transaction.validLinkToken(of: account.id, for: .verifyEmail),
                    try transaction.linkToken(of: account.id, for: .resetPassword),
                    try transaction.linkToken(of: other.id, for: .verifyEmail),
                ]
            }
            #expect(seen == [kept, isValid ? kept : nil, nil, nil])
        }
    }

    @Test(arguments: StoreKind.all)
    func `a new token replaces only the one with its purpose and account`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let old = token(of: account)
        let bystanders = [token(.resetPassword, of: account), token(of: other)]
        let new = token(of: account)
        try insert([old] + bystanders + [new], into: store)
        #expect(try found([old] + bystanders + [new], in: store) == bystanders + [new])
    }

    @Test(arguments: StoreKind.all)
    func `a new password invalidates links that would reset it or change the address`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        let hash = try PasswordHash.sample()
        let reset = token(.resetPassword, of: account, email: "ada@example.org")
        let change = token(of: account, email: "new@example.org")
        let kept = [
            token(.decide, of: account), token(.resetPassword, of: other),
            token(of: other, email: "new@example.org"),
        ]
        try insert([reset, change] + kept, into: store)
        try store.write { transaction throws(AuthError) in
            try transaction.setPassword(account.id, to: hash, keeping: nil)
        }
        #expect(try found([reset, change] + kept, in: store) == kept)
        let confirmation = token(of: account, email: "ada@example.org")
        try insert([confirmation], into: store)
        try store.write { transaction throws(AuthError) in
            try transaction.setPassword(account.id, to: hash, keeping: nil)
        }
        #expect(try found([confirmation], in: store) == [confirmation])
    }

    @Test(arguments: StoreKind.all, [true, false])
    func `a new address invalidates links that were sent to the old one`(
        kind: StoreKind, isNew: Bool
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        #expect(try store.account(account.id)?.account.email == account.email)
        let reset = token(.resetPassword, of: account, email: "ada@example.org")
        let confirmation = token(of: account, email: "ada@example.org")
        let decision = token(.decide, of: account)
        try insert([reset, confirmation, decision], into: store)
        let email = try Email.sample(isNew ? "new@example.org" : "ada@example.org")
        try store.write { transaction throws(AuthError) in
            try transaction.setEmail(account.id, to: email, verifiedAt: .start)
        }
        let present = try #require(try store.account(account.id)?.account)
        #expect(present.email == email && present.emailVerifiedAt == .start)
        #expect(
            try found([reset, confirmation, decision], in: store)
                == (isNew ? [decision] : [reset, decision]))
    }

    @Test(arguments: StoreKind.all)
    func `an address of another account is refused`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, other) = (try Account.sample(), try Account.sample("else@example.org"))
        try store.add(account)
        try store.add(other)
        #expect(throws: AuthError.emailTaken) {
            try store.write { transaction throws(AuthError) in
                try transaction.setEmail(account.id, to: other.email, verifiedAt: .start)
            }
        }
        #expect(try store.account(account.id)?.account == account)
    }

    @Test(arguments: StoreKind.all)
    func `a used token is invalid and reports its outcome until its expiry`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let (store, other) = (subject.store(), subject.store())
        let account = try Account.sample()
        try store.add(account)
        let time = Timestamp.start.adding(seconds: 5)
        for outcome in SettledLink.Outcome.allCases {
            let used = token(of: account, lifetime: 10)
            let bystander = token(.resetPassword, of: account)
            try insert([used, bystander], into: store)
            #expect(try other.settledLink(used.hash, for: .verifyEmail, at: time) == nil)
            subject.clock.set(to: time)
            try store.write { transaction throws(AuthError) in
                try transaction.settle(used, as: outcome)
            }
            #expect(try found([used, bystander], in: other) == [bystander])
            let settled = SettledLink(outcome, at: time)
            #expect(try other.settledLink(used.hash, for: .verifyEmail, at: time) == settled)
            #expect(try other.settledLink(used.hash, for: .decide, at: time) == nil)
            #expect(try other.settledLink(used.hash, for: .verifyEmail, at: used.expiresAt) == nil)
            #expect(try other.settledLink(bystander.hash, for: .resetPassword, at: time) == nil)
        }
    }

    @Test(arguments: StoreKind.all)
    func `the outcome of a link survives its account`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let used = token(.decide, of: account)
        try insert([used], into: store)
        try store.write { transaction throws(AuthError) in
            try transaction.settle(used, as: .declined)
            try transaction.eraseAccount(account.id)
        }
        #expect(
            try store.settledLink(used.hash, for: .decide, at: .start)
                == SettledLink(.declined, at: .start))
    }

    @Test(arguments: StoreKind.all)
    func `rejected addresses of administrators are listed until confirmed or deleted`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        let roles: [(String, Account.Role)] = [
            ("owner", .owner), ("admin", .admin), ("member", .member), ("user", .user),
        ]
        let accounts = try roles.map { try Account.sample("\($0.0)@example.org", role: $0.1) }
        for account in accounts { try store.add(account) }
        #expect(try store.administratorsWithRejectedEmail() == [])
        try store.write { transaction throws(AuthError) in
            for (index, account) in accounts.enumerated() {
                try transaction.updateEmailRejection(
                    of: account.id, at: .start.adding(seconds: Int64(index)))
            }
        }
        #expect(try store.administratorsWithRejectedEmail() == accounts[0..<2].map(\.id))
        try store.write { transaction throws(AuthError) in
            try transaction.setEmail(accounts[0].id, to: accounts[0].email, verifiedAt: nil)
        }
        #expect(try store.administratorsWithRejectedEmail() == [accounts[1].id])
        try store.write { transaction throws(AuthError) in
            try transaction.eraseAccount(accounts[1].id)
        }
        #expect(try store.administratorsWithRejectedEmail() == [])
    }

    @Test(arguments: StoreKind.all)
    func `tokens are deleted with their account`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let account = try Account.sample()
        try store.add(account)
        let lost = token(of: account)
        try insert([lost], into: store)
        try store.write { transaction throws(AuthError) in
            try transaction.eraseAccount(account.id)
        }
        #expect(try found([lost], in: store) == [])
    }

    @Test(arguments: StoreKind.all)
    func `a transaction finds an account by its email`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let (account, nobody) = (try Account.sample(), try Email.sample("nobody@example.org"))
        try store.add(account)
        let seen = try store.write { transaction throws(AuthError) in
            [try transaction.account(account.email), try transaction.account(nobody)]
        }
        #expect(seen == [account, nil])
    }

    @Test(arguments: StoreKind.all)
    func `all tokens of a purpose are removed`(kind: StoreKind) throws {
        let subject = try kind.open()
        let store = subject.store()
        let accounts = [try Account.sample(), try Account.sample("bob@example.org")]
        for account in accounts { try store.add(account) }
        let decisions = accounts.map { token(.decide, of: $0) }
        let others = accounts.map { token(.resetPassword, of: $0) }
        try insert(decisions + others, into: store)
        try store.write { transaction throws(AuthError) in
            try transaction.deleteLinkTokens(for: .decide)
        }
        #expect(try found(decisions + others, in: store) == others)
    }
}
