import Testing
import TestSupport

@testable import Auth

/// Links in mails that a later event has invalidated.
struct InvalidatedLinkTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func set(_ status: String) throws {
        var change = AccountChange()
        change.status = .text(status)
        let id = try #require(world.account(Person.customer.email)).id
        _ = try service.administration.changeAccount(id, change, by: .commandLine)
    }

    @Test func `disabling an account invalidates its links for good`() throws {
        try world.addLink("reset", .resetPassword, of: Person.customer.email)
        try world.addLink("verify", .verifyEmail, of: Person.customer.email)
        try set("disabled")
        try set("active")
        #expect(throws: AuthError.invalidLink) {
            try service.passwords.resetPassword(
                token: .text("reset"), password: .text("another long password"), from: .sample)
        }
        #expect(!world.store.memory.linkTokens.contains { $0.purpose == .verifyEmail })
        #expect(world.account(Person.customer.email)?.emailVerifiedAt == nil)
    }

    @Test func `a new owner password invalidates approval links`() throws {
        try service.register("new@example.org")
        try service.verifyEmail(#require(try world.mails(of: .verify).last).values.token)
        let new = try #require(world.account("new@example.org"))
        let link = try #require(try world.mails(of: .approvalWanted).last?.values["link"])
        let token = String(try #require(link.split(separator: "=").last))
        #expect(try service.administration.applicant(new.id, token: token) == new)
        _ = try service.administration.setPassword(
            "another long password", ofEmail: Person.owner.email)
        #expect(throws: AuthError.invalidLink) {
            try service.administration.applicant(new.id, token: token)
        }
    }
}
