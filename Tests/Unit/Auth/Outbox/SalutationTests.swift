import Crypto
import Testing
import TestSupport

@testable import Auth

/// Names in the salutation of mails.
struct SalutationTests {
    private static let bait = "visit http://evil.example"

    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner)
        service = try world.service()
    }

    private func mails() throws -> [ReadMail] {
        try world.deliver(by: service).filter { $0.to != Person.owner.email }
    }

    @Test func `mails to an unconfirmed address never contain the account's name`() throws {
        try service.signup("reader@example.org", name: .text(Self.bait))
        let session = try world.signIn("reader@example.org")
        _ = try service.email.resendVerification(to: service.caller(session))
        try service.passwords.requestPasswordReset(of: .text("reader@example.org"))
        try service.changePassword(to: "another password", by: session)
        let mails = try mails()
        #expect(mails.map(\.kind) == [.welcome, .verify, .reset])
        for mail in mails {
            #expect(mail.values["name"] == "reader")
            #expect(!mail.values.values.contains { $0.contains("evil") })
        }
    }

    @Test func `a mail that proves a new address never contains the account's name`() throws {
        try service.signup("own@example.org", name: .text(Self.bait))
        world.change("own@example.org") { $0.emailVerifiedAt = $0.createdAt }
        try service.changeEmail(to: "reader@example.org", by: world.signIn("own@example.org"))
        #expect(try world.mails(of: .verify).map { $0.values["name"] } == ["reader"])
    }

    @Test func `mails to a confirmed address use the account's name`() throws {
        try service.signup("ada@example.org", name: .text("Ada Lovelace"))
        world.change("ada@example.org") { $0.emailVerifiedAt = $0.createdAt }
        let session = try world.signIn("ada@example.org")
        try service.passwords.requestPasswordReset(of: .text("ada@example.org"))
        try service.changePassword(to: "another password", by: session)
        let names = try mails().filter { $0.kind != .welcome }.map { $0.values["name"] }
        #expect(names == ["Ada Lovelace", "Ada Lovelace"])
    }
}
