import Crypto
import TestSupport
import Testing

@testable import Auth

/// Links that a change of an account invalidates for good.
struct InvalidatedLinkConformanceTests {
    private func token(_ purpose: LinkToken.Purpose, of account: Account) -> LinkToken {
        LinkToken(
            hash: .random(), purpose: purpose, accountID: account.id, email: account.email,
            createdAt: .start, expiresAt: .start.adding(seconds: 60))
    }

    /// The purposes of the tokens that are still valid.
    private func live(_ tokens: [LinkToken], in store: any Store) throws -> [LinkToken.Purpose] {
        try tokens.filter { try store.linkToken($0.hash, for: $0.purpose, at: .start) != nil }
            .map(\.purpose)
    }

    @Test(arguments: StoreKind.all)
    func `disabling invalidates links that confirm or reset, also after enabling`(
        kind: StoreKind
    ) throws {
        let subject = try kind.open()
        let store = subject.store()
        var account = try Account.sample()
        let bystander = try Account.sample("else@example.org")
        try store.add(account)
        try store.add(bystander)
        let tokens = [token(.resetPassword, of: account), token(.verifyEmail, of: account)]
        let others = [token(.resetPassword, of: bystander), token(.verifyEmail, of: bystander)]
        try store.write { transaction throws(AuthError) in
            for token in tokens + others { try transaction.issue(token) }
        }
        for status in [Account.Status.disabled, .active] {
            account.status = status
            try store.update(account)
            #expect(try live(tokens, in: store) == [], "\(status)")
        }
        #expect(try live(others, in: store) == [.resetPassword, .verifyEmail])
    }

    private enum Change: CaseIterable {
        case address, confirmation, password
    }

    @Test(arguments: StoreKind.all, [Account.Role.owner, .admin])
    func
        `approval links end with the owner's address or password and with no other administrator's`(
            kind: StoreKind, role: Account.Role
        ) throws
    {
        for change in Change.allCases {
            let subject = try kind.open()
            let store = subject.store()
            let approver = try Account.sample(role: role)
            let applicant = try Account.sample("new@example.org", status: .pending)
            try store.add(approver)
            try store.add(applicant)
            let link = token(.decide, of: applicant)
            let (hash, new) = (try PasswordHash.sample(), try Email.sample("moved@example.org"))
            try store.write { transaction throws(AuthError) in
                try transaction.issue(link)
                switch change {
                case .address: try transaction.setEmail(approver.id, to: new, verifiedAt: nil)
                case .confirmation:
                    try transaction.setEmail(approver.id, to: approver.email, verifiedAt: .start)
                case .password: try transaction.setPassword(approver.id, to: hash, keeping: nil)
                }
            }
            #expect(
                try live([link], in: store) == (role == .owner ? [] : [.decide]), "\(change)")
        }
    }
}
