import Crypto
import Testing
import TestSupport

@testable import Auth

/// The effect on an account when the reader of its address rejects it.
struct EmailRejectionTests {
    private let world: World
    private let service: AuthService
    private let customer = Person.customer.email

    init() throws {
        world = try World(.owner, .admin, .member, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func reject(_ person: Person) throws -> EmailRejection.Outcome {
        try world.addLink("link", .verifyEmail, of: person.email)
        return try service.email.rejectEmail(token: .text("link")).outcome
    }

    @Test(arguments: [Person.customer, .member, .pending])
    func `rejecting the address deletes an account that was neither confirmed nor approved`(
        person: Person
    ) throws {
        let session = try world.signIn(person.email)
        let key = try world.makeKey(of: person.email).text
        #expect(try reject(person) == .removed)
        #expect(world.account(person.email) == nil)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        #expect(try world.mails().isEmpty)
        try service.signup(person.email)
    }

    @Test(arguments: [Person.customer, .member], [true, false])
    func `rejecting the address disables a confirmed or approved account and notifies the owner`(
        person: Person, wasApproved: Bool
    ) throws {
        world.change(person.email) {
            if wasApproved {
                $0.approvedAt = $0.createdAt
            } else {
                $0.emailVerifiedAt = $0.createdAt
            }
        }
        let session = try world.signIn(person.email)
        #expect(try reject(person) == .disabled)
        #expect(world.account(person.email)?.status == .disabled)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        let mails = try world.mails()
        #expect(mails.map(\.kind) == [.addressRejected])
        #expect(mails[0].to == Person.owner.email)
        #expect(mails[0].values["accountEmail"] == person.email)
        #expect(mails[0].values["accountRole"] == person.role.rawValue)
        #expect(try service.administration.operatorConcerns().isEmpty)
    }

    @Test(arguments: [Person.owner, .admin])
    func
        `rejecting an administrator's address is reported to the operator until an address is confirmed`(
            person: Person
        ) throws
    {
        world.unconfirm(person.email)
        let session = try world.signIn(person.email)
        let id = try #require(world.account(person.email)?.id)
        let rejected = OperatorConcern.rejectedAddress(id)
        #expect(try !service.administration.operatorConcerns().contains(rejected))
        #expect(try reject(person) == .reported)
        #expect(world.account(person.email)?.status == .active)
        try service.authenticate(.cookie(session.cookie))
        #expect(try world.mails().isEmpty)
        #expect(try service.administration.operatorConcerns().contains(rejected))
        try world.addLink("change", .verifyEmail, of: person.email, proving: "right@example.org")
        try service.verifyEmail("change")
        #expect(try service.administration.operatorConcerns().isEmpty)
    }

    @Test func `a rejection link is single-use and reports the rejection`() throws {
        world.change(customer) { $0.approvedAt = $0.createdAt }
        for person in [Person.customer, .pending, .owner] {
            _ = try reject(person)
            let (another, time) = (service, world.clock.now)
            #expect(
                settledLink { _ = try another.email.rejectEmail(token: .text("link")) }
                    == SettledLink(.rejected, at: time))
        }
    }

    @Test
    func `a link that does not prove the current address rejects nothing and opens no transaction`()
        throws
    {
        try world.addLink("change", .verifyEmail, of: customer, proving: "new@example.org")
        try world.addLink("reset", .resetPassword, of: customer)
        try world.addLink("disabled", .verifyEmail, of: Person.disabled.email)
        for token in ["", "x", "change", "reset", "disabled"] {
            #expect(throws: AuthError.invalidLink) {
                try service.email.rejectEmail(token: .text(token))
            }
        }
        #expect(throws: AuthError.invalidInput([.missing("token")])) {
            try service.email.rejectEmail(token: .absent)
        }
        #expect(world.store.writes == 0)
    }

    @Test func `an address change is cancelled by its link and the account stays unchanged`() throws
    {
        let before = world.account(customer)
        try world.addLink("change", .verifyEmail, of: customer, proving: "new@example.org")
        try service.email.cancelEmailChange(token: .text("change"))
        #expect(world.account(customer) == before && world.store.memory.linkTokens.isEmpty)
        let (another, time) = (service, world.clock.now)
        for use in [
            { _ = try another.verifyEmail("change") },
            { try another.email.cancelEmailChange(token: .text("change")) },
        ] as [() throws -> Void] {
            #expect(settledLink(use) == SettledLink(.cancelled, at: time))
        }
    }

    @Test func `a link that is not of an address change cancels nothing and opens no transaction`()
        throws
    {
        try world.addLink("present", .verifyEmail, of: customer)
        try world.addLink("reset", .resetPassword, of: customer)
        try world.addLink(
            "disabled", .verifyEmail, of: Person.disabled.email, proving: "new@example.org")
        for token in ["", "x", "present", "reset", "disabled"] {
            #expect(throws: AuthError.invalidLink) {
                try service.email.cancelEmailChange(token: .text(token))
            }
        }
        #expect(throws: AuthError.invalidInput([.missing("token")])) {
            try service.email.cancelEmailChange(token: .absent)
        }
        #expect(world.store.writes == 0)
    }

    @Test func `a link confirmed during the request is neither rejected nor cancelled`()
        throws
    {
        let world = world
        try world.addLink("present", .verifyEmail, of: customer)
        world.store.beforeNextWrite {
            #expect(throws: Never.self) { try world.service().verifyEmail("present") }
        }
        #expect(throws: AuthError.invalidLink) {
            try service.email.rejectEmail(token: .text("present"))
        }
        #expect(world.account(customer)?.status == .active)
        try world.addLink("change", .verifyEmail, of: customer, proving: "new@example.org")
        world.store.beforeNextWrite {
            #expect(throws: Never.self) { try world.service().verifyEmail("change") }
        }
        #expect(throws: AuthError.invalidLink) {
            try service.email.cancelEmailChange(token: .text("change"))
        }
        #expect(world.account("new@example.org") != nil)
    }
}
