import Crypto
import Testing
import TestSupport

@testable import Auth

/// Browsers in which an account need not prove its second factor.
struct TrustedBrowserTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let factors: SampleFactors

    init() throws {
        world = try .unlimited(.owner, .customer, .member)
        service = try world.service()
        factors = try world.addFactors(to: email)
    }

    /// Signs in with both factors in a browser that is to be trusted.
    private func trust(by client: SignInClient = .sample) throws -> SignedIn {
        let pending = try service.firstStep(email, by: client)
        return try service.secondStep(
            SecondStep(
                .totp, factors.code(at: world.clock.now), of: pending.challenge, trusts: true),
            by: client)
    }

    private func login(_ trust: String, _ person: Person = .customer) throws(AuthError) -> SignedIn
    {
        try service.signIn.login(
            email: .text(person.email), password: .text(Person.password), by: .trusted(trust))
    }

    @Test func `a trusted browser signs in with the password, and that is one factor`() throws {
        let token = try #require(try trust().trust)
        #expect(token.lifetime == 30 * 86_400 && token.value.utf8.count == 43)
        let browser = try #require(world.store.memory.trustedBrowsers.first)
        #expect(browser.lastUsedAt == nil && browser.address == "192.0.2.1")
        world.clock.advance(seconds: 86_400)
        let signedIn = try login(token.value)
        #expect(signedIn.trust == nil)
        #expect(world.store.memory.trustedBrowsers.map(\.lastUsedAt) == [world.clock.now])
        let caller = try service.authenticate(.cookie(signedIn.sessionToken))
        let session = try #require(caller.session)
        #expect(session.methods == .password && session.factorAt == nil)
        #expect(session.methods.references == ["pwd"])
        let requirement = Requirement(
            role: .user, tier: .free, confirmedEmail: false, scopes: nil, twoFactors: true)
        #expect(
            wantedMethods {
                _ = try service.signIn.verify(
                    .cookie(signedIn.sessionToken), against: requirement)
            } == [.totp, .recovery])
        let person = try service.signIn.authenticate(
            .cookie(signedIn.sessionToken), for: .person)
        #expect(throws: AuthError.reauthenticationRequired([])) {
            try service.factors.removeTOTP(by: person, from: .sample)
        }
    }

    @Test func `the trust is of one account, and a wrong password stays wrong`() throws {
        let token = try #require(try trust().trust).value
        _ = try world.addFactors(to: Person.member.email)
        #expect(throws: AuthError.self) { try login(token, .member) }
        #expect(world.liveSessions(of: Person.member.email).isEmpty)
        #expect(throws: AuthError.invalidCredentials) {
            try service.signIn.login(
                email: .text(email), password: .text("wrong"), by: .trusted(token))
        }
    }

    @Test func `a browser is trusted only when asked for and allowed`() throws {
        let pending = try service.firstStep(email)
        let code = factors.code(at: world.clock.now)
        #expect(
            try service.secondStep(SecondStep(.totp, code, of: pending.challenge)).trust == nil)
        world.clock.advance(seconds: 30)
        let strict = try never()
        let asked = try strict.firstStep(email)
        let next = factors.code(at: world.clock.now)
        #expect(
            try strict.secondStep(
                SecondStep(.totp, next, of: asked.challenge, trusts: true)
            ).trust == nil)
        #expect(world.store.memory.trustedBrowsers.isEmpty)
    }

    /// A server that never trusts a browser.
    private func never() throws -> AuthService {
        var rules = world.rules
        rules.trustLifetime = 0
        return try world.service(rules: rules)
    }

    @Test func `trust ends when its time is over, or the configuration allows less`() throws {
        let token = try #require(try trust().trust).value
        let strict = try never()
        _ = try strict.firstStep(email, by: .trusted(token))
        world.clock.advance(seconds: 30 * 86_400 - 1)
        _ = try login(token)
        world.clock.advance(seconds: 1)
        _ = try service.firstStep(email, by: .trusted(token))
    }

    @Test func `a browser that is trusted again replaces its former trust`() throws {
        let first = try #require(try trust().trust).value
        world.clock.advance(seconds: 40 * 86_400)
        let second = try #require(try trust(by: .trusted(first)).trust).value
        #expect(world.store.memory.trustedBrowsers.count == 1)
        _ = try login(second)
    }

    @Test(arguments: Ending.allCases)
    func `trust ends with what it relied on`(ending: Ending) throws {
        let signedIn = try trust()
        let token = try #require(signedIn.trust).value
        let caller = try service.signIn.authenticate(
            .cookie(signedIn.sessionToken), for: .person)
        var password = Person.password
        switch ending {
        case .newPassword:
            password = "another password"
            try service.passwords.changePassword(
                from: .text(Person.password), to: .text(password), by: caller, at: .sample)
        case .operatorsPassword:
            password = "another password"
            _ = try service.administration.setPassword(password, ofEmail: email)
        case .reset:
            password = "another password"
            world.confirm(email)
            try world.addLink("reset", .resetPassword, of: email)
            try service.resetPassword("reset", to: password)
        case .disabling:
            _ = try service.administration.setStatus(.disabled, ofEmail: email)
            _ = try service.administration.setStatus(.active, ofEmail: email)
        case .endOthers: _ = try service.sessions.endOtherSessions(of: caller)
        case .endAll: _ = try service.sessions.endSessions(ofEmail: email)
        case .endByAdministrator:
            _ = try service.administration.endSessions(
                of: caller.account.id, by: .commandLine)
        case .newCodes:
            _ = try service.factors.replaceRecoveryCodes(by: caller, from: .sample)
        }
        #expect(world.store.memory.trustedBrowsers.isEmpty)
        _ = try service.firstStep(email, password, by: .trusted(token))
    }

    /// What ends the trust in browsers.
    enum Ending: CaseIterable {
        case newPassword, operatorsPassword, reset, disabling, endOthers, endAll,
            endByAdministrator, newCodes
    }
}
