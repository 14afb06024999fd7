import Crypto
import Testing
import TestSupport

@testable import Auth

/// Accounts that have to have a second factor.
struct RequiredFactorTests {
    private func world(_ policy: FactorPolicy) throws -> World {
        try .unlimited(.owner, .admin, .customer) { $0.factorPolicy = policy }
    }

    @Test(arguments: [Person.owner, .admin, .customer], FactorPolicy.allCases)
    func `an account that lacks a required factor is led to add one, without a session`(
        person: Person, policy: FactorPolicy
    ) throws {
        let world = try world(policy)
        let service = try world.service()
        guard policy.requires(person.role) else {
            try service.login(person.email)
            return
        }
        #expect(throws: AuthError.invalidCredentials) { try service.login(person.email, "wrong") }
        let pending = try service.firstStep(person.email)
        #expect(pending.purpose == .enrolment && pending.methods == [.totp, .passkey])
        #expect(world.store.memory.sessions.isEmpty)
        // It is no challenge for a factor that the account does not have.
        #expect(throws: AuthError.invalidChallenge(.challengeUnknown)) {
            try service.secondStep(SecondStep(.totp, "000000", of: pending.challenge))
        }
    }

    @Test func `an account that has a factor proves it`() throws {
        let world = try world(.everybody)
        _ = try world.addFactors(to: Person.customer.email)
        #expect(try world.service().firstStep(Person.customer.email).purpose == .secondFactor)
    }

    @Test func `trust in a browser is no factor that is required`() throws {
        let world = try world(.everybody)
        let factors = try world.addFactors(to: Person.customer.email)
        let service = try world.service()
        let first = try service.firstStep(Person.customer.email)
        let code = factors.code(at: world.clock.now)
        let trust = try #require(
            try service.secondStep(
                SecondStep(.totp, code, of: first.challenge, trusts: true)
            ).trust)
        world.store.change { $0.factors = [] }
        let pending = try service.firstStep(Person.customer.email, by: .trusted(trust.value))
        #expect(pending.purpose == .enrolment)
    }

    @Test func `the page finds an enrolment by the cookie of its browser`() throws {
        let service = try world(.everybody).service()
        let pending = try service.firstStep(Person.customer.email, by: .form())
        let cookie = try #require(pending.browserToken)
        let found = try service.signIn.pendingSignIn(by: .form(pending: cookie))
        #expect(found.purpose == .enrolment && found.challenge == pending.challenge)
    }

    @Test func `live sessions go on`() throws {
        let world = try world(.everybody)
        let session = try world.signIn(Person.customer.email)
        try world.service().authenticate(.cookie(session.cookie))
    }
}
