import Crypto
import Synchronization
import Testing
import TestSupport

@testable import Auth

/// Limits on the mails in a period.
struct MailRateTests {
    private func times(_ seconds: [Int64]) -> [Timestamp] {
        seconds.map { TestClock.start.adding(seconds: $0) }
    }

    private func wait(_ share: MailShare, after seconds: [Int64], at now: Int64) -> Int64? {
        share.rate.wait(after: times(seconds), at: TestClock.start.adding(seconds: now))
    }

    @Test func `at most twelve notices in any hour`() {
        #expect(wait(.notices, after: Array(repeating: 0, count: 11), at: 0) == nil)
        let twelve = Array(repeating: Int64(0), count: 11) + [1_000]
        #expect(wait(.notices, after: twelve, at: 1_000) == 2_600)
        #expect(wait(.notices, after: twelve, at: 3_599) == 1)
        #expect(wait(.notices, after: twelve, at: 3_600) == nil)
        let again = twelve + Array(repeating: 3_600, count: 11)
        #expect(wait(.notices, after: again, at: 3_600) == 1_000)
        #expect(wait(.notices, after: again.reversed(), at: 4_599) == 1)
    }

    @Test func `at most thirty notices in a day`() {
        let thirty = (0..<30).map { Int64($0) * 1_000 }
        #expect(wait(.notices, after: thirty, at: 40_000) == 46_400)
        #expect(wait(.notices, after: thirty, at: 86_399) == 1)
        #expect(wait(.notices, after: thirty, at: 86_400) == nil)
    }

    @Test func `three links at once, then one a minute, at most ten in an hour`() {
        #expect(wait(.links, after: [0, 0], at: 0) == nil)
        #expect(wait(.links, after: [0, 0, 0], at: 0) == 60)
        #expect(wait(.links, after: [0, 0, 0], at: 59) == 1)
        #expect(wait(.links, after: [0, 0, 0], at: 60) == nil)
        let ten = [0, 0, 0] + (1...7).map { Int64($0) * 60 }
        #expect(wait(.links, after: ten, at: 480) == 3_120)
        #expect(wait(.links, after: ten, at: 3_600) == nil)
    }

    @Test func `mails with a time in the future do not count`() {
        #expect(wait(.links, after: [100, 100, 100, 0, 0], at: 0) == nil)
        #expect(wait(.notices, after: Array(repeating: 1, count: 30), at: 0) == nil)
    }

    @Test func `the reported wait is exactly how long to wait for the next mail`() throws {
        var random = SplitMix64(seed: 7)
        for share in MailShare.allCases {
            var (sent, now) = ([Int64](), Int64(0))
            for _ in 0..<2_000 {
                now += Int64.random(in: 0..<900, using: &random)
                if let wait = wait(share, after: sent, at: now) {
                    #expect(self.wait(share, after: sent, at: now + wait - 1) != nil)
                    now += wait
                }
                #expect(wait(share, after: sent, at: now) == nil)
                sent.append(now)
                sent = sent.suffix(40)
            }
        }
    }
}

/// The limit of one recipient over all kinds of mail.
struct MailBudgetTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        world.confirm(email)
        service = try world.service()
    }

    /// Delivers what the outbox contains, as the daemon does.
    private func sent() throws -> [Mail.Kind] { try world.deliver(by: service).map(\.kind) }

    /// Sends mails from a new network each time, so that only the recipient's limit applies.
    private func changePasswords(_ count: Int, by session: Credentials) throws {
        var passwords = [Person.password, "another password"]
        for number in 0..<count {
            try service.changePassword(
                from: passwords[0], to: passwords[1], by: session, at: .stranger(number << 16))
            passwords.swapAt(0, 1)
            world.clock.advance(seconds: 1)
        }
    }

    @Test func `a hundred password changes send twelve notices`() throws {
        try changePasswords(100, by: world.signIn(email))
        #expect(try sent() == Array(repeating: .passwordChanged, count: 12))
        #expect(world.throttle.mailRefusals.count(.recipient) == 88)
        #expect(world.throttle.refusals(by: .recipient) == 88)
    }

    @Test func `password changes send no notice to an unconfirmed address`() throws {
        world.change(email) { $0.emailVerifiedAt = nil }
        try changePasswords(100, by: world.signIn(email))
        #expect(try sent() == [])
        #expect(world.throttle.mailRefusals.count(.unconfirmed) == 100)
    }

    @Test func `logins from new devices send twelve notices an hour and thirty a day`() throws {
        var count = 0
        for number in 0..<100 {
            _ = try service.signIn.login(
                email: .text(email), password: .text(Person.password),
                by: SignInClient(
                    ClientContext(
                        network: .ipv4(UInt32(number << 16)), address: nil,
                        userAgent: "client\(number)")))
            count += try sent().count
            if number == 29 { #expect(count == 12) }
            world.clock.advance(seconds: number < 30 ? 1 : 864)
        }
        #expect(count == 30)
    }

    @Test func `repeated signup and deletion sends three welcome mails`() throws {
        for _ in 0..<8 {
            try service.signup("new@example.org")
            try service.deleteAccount(of: world.signIn("new@example.org"))
        }
        #expect(world.throttle.mailRefusals.count(.recipient) == 5)
    }

    @Test func `all kinds of links share three at once and one a minute`() throws {
        try service.signup("new@example.org")
        let session = try world.signIn("new@example.org")
        _ = try service.email.resendVerification(to: service.caller(session))
        try service.passwords.requestPasswordReset(of: .text("NEW@example.org"))
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.email.resendVerification(to: service.caller(session))
        }
        try service.passwords.requestPasswordReset(of: .text("new@example.org"))
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.changeEmail(to: "new@example.org", by: world.signIn(email))
        }
        #expect(try sent() == [.welcome, .verify, .reset])
        world.clock.advance(seconds: 60)
        _ = try service.email.resendVerification(to: service.caller(session))
        #expect(try sent() == [.verify])
    }

    @Test func `notices and links do not use up each other's limit`() throws {
        let session = try world.signIn(email)
        try changePasswords(20, by: session)
        try service.passwords.requestPasswordReset(of: .text(email))
        #expect(try sent().suffix(2) == [.passwordChanged, .reset])

        for _ in 0..<20 {
            try service.passwords.requestPasswordReset(of: .text(Person.owner.email))
        }
        try service.changePassword(to: "another password", by: world.signIn(Person.owner.email))
        #expect(try world.mails(of: .passwordChanged).count == 1)
    }

    @Test func `a link that is refused by the limit leaves the previous one valid`() throws {
        try service.signup("new@example.org")
        let session = try world.signIn("new@example.org")
        for _ in 0..<2 { _ = try service.email.resendVerification(to: service.caller(session)) }
        #expect(throws: AuthError.self) {
            try service.email.resendVerification(to: service.caller(session))
        }
        let link = try #require(try world.mails().last).values.token
        try service.verifyEmail(link)
    }

    @Test func `concurrent requests cannot exceed the limit`() throws {
        let (world, email) = (world, email)
        for _ in 0..<4 {
            world.store.beforeNextWrite {
                #expect(throws: Never.self) {
                    try world.service().passwords.requestPasswordReset(of: .text(email))
                }
            }
            try service.passwords.requestPasswordReset(of: .text(email))
        }
        #expect(try world.mails().count == 3)
    }

    @Test func `the counts survive a restart and store no plain address`() throws {
        for _ in 0..<3 { try service.passwords.requestPasswordReset(of: .text(email)) }
        let restarted = try world.service()
        try restarted.passwords.requestPasswordReset(of: .text(email))
        #expect(try world.mails().count == 3)
        #expect(
            !world.store.memory.recipientMails.contains {
                $0.recipient == SHA256.digest(email.utf8)
            }, "an address is found only with the key")
    }

    @Test func `disabled limits count nothing`() throws {
        world.throttle.setEnabled(false)
        for _ in 0..<20 { try service.passwords.requestPasswordReset(of: .text(email)) }
        #expect(try world.mails().count == 20 && world.store.memory.recipientMails.isEmpty)
    }

    @Test
    func `a full outbox accepts no mail and fails only the verbs that request one`()
        throws
    {
        let waiting = QueuedMail(
            mail: Mail(
                id: .random(), kind: .welcome, recipient: try #require(Email("x@example.org")),
                accountID: nil, content: [], createdAt: world.clock.now),
            attempts: 0, nextAttemptAt: world.clock.now, lastError: nil)
        let dead = QueuedMail(
            mail: waiting.mail, attempts: 1, nextAttemptAt: nil, lastError: "x")
        let full = Array(repeating: waiting, count: Mail.maximumWaiting - 1) + [dead]
        world.store.change { $0.mails = full }
        try service.passwords.requestPasswordReset(of: .text(email))
        for email in [email, "nobody@example.org"] {
            #expect(throws: AuthError.overloaded(retryAfter: 60)) {
                try service.passwords.requestPasswordReset(of: .text(email))
            }
        }
        let new = try service.signup("new@example.org")
        #expect(throws: AuthError.overloaded(retryAfter: 60)) {
            try service.email.resendVerification(
                to: service.signIn.identify(.cookie(new.sessionToken), for: .person))
        }
        try service.changePassword(to: "another password", by: world.signIn(email))
        #expect(world.store.memory.mails.count == full.count + 1)
        #expect(world.throttle.mailRefusals.count(.outboxFull) == 5)
    }

    @Test func `a refused mail is reported without an address`() throws {
        let reports = Mutex<[String]>([])
        let clock = world.clock
        let throttle = Throttle(
            isEnabled: true,
            onRefusedMail: { refusal in reports.withLock { $0.append("\(refusal)") } }
        ) { clock.monotonic }
        let writer = MailWriter(keys: world.sealingKeys, throttle: throttle)
        let account = try #require(world.account(email))
        for _ in 0..<13 {
            let notice = try writer.mail(
                .passwordChanged, to: Recipient(account), of: account.id, [:], at: clock.now)
            _ = try world.store.write { transaction throws(AuthError) in
                try transaction.post(notice, by: writer)
            }
        }
        world.change(email) { $0.emailVerifiedAt = nil }
        let unconfirmed = try #require(world.account(email))
        _ = try writer.mail(
            .newDevice, to: Recipient(unconfirmed), of: account.id, [:], at: clock.now)
        let lines = reports.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains(account.id.description) && !$0.contains("@") })
    }
}
