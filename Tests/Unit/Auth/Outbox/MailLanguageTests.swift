import Crypto
import Testing
import TestSupport

@testable import Auth

/// The language of mails.
struct MailLanguageTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func speakGerman(_ person: Person) {
        world.change(person.email) {
            $0.language = .de
            $0.emailVerifiedAt = $0.createdAt
        }
    }

    @Test func `mails to an account are in its language`() throws {
        speakGerman(.customer)
        let session = try world.signIn(Person.customer.email)
        try service.changePassword(to: "another password", by: session)
        let mail = try #require(try world.mails().last)
        #expect(mail.kind == .passwordChanged && mail.language == .de)
    }

    @Test func `without a language mails are in English`() throws {
        try service.signup("new@example.org")
        #expect(try world.mails().map(\.language) == [.en])
    }

    @Test func `a link to a new address is in the language of the account`() throws {
        speakGerman(.customer)
        try service.changeEmail(to: "new@example.org", by: world.signIn(Person.customer.email))
        let mail = try #require(try world.mails().first { $0.kind == .verify })
        #expect(mail.to == "new@example.org" && mail.language == .de)
    }

    @Test func `an invitation is in the language of the person who invites`() throws {
        speakGerman(.admin)
        var request = InviteRequest()
        request.email = .text("guest@example.org")
        let admin = Administrator.caller(
            try service.authenticate(.cookie(world.signIn(Person.admin.email).cookie)))
        _ = try service.invites.createInvite(request, by: admin)
        request.email = .text("other@example.org")
        _ = try service.invites.createInvite(request, by: .commandLine)
        #expect(try world.mails().map(\.language) == [.de, .en])
    }

    @Test func `a reset link is in the language of its account and keeps it over all attempts`()
        throws
    {
        speakGerman(.customer)
        try service.passwords.requestPasswordReset(of: .text(Person.customer.email))
        let queued = try #require(world.store.memory.mails.last)
        guard case .send(let first) = try service.outbox.prepare(queued) else {
            Issue.record("not sent")
            return
        }
        #expect(first.language == .de)
        world.change(Person.customer.email) { $0.language = .en }
        let again = try #require(world.store.memory.mails.last)
        #expect(try service.outbox.prepare(again) == .send(first))
    }

    @Test func `a test mail is in the language of the administrator who sends it`() throws {
        speakGerman(.admin)
        let admin = Administrator.caller(
            try service.authenticate(.cookie(world.signIn(Person.admin.email).cookie)))
        _ = try service.outbox.sendTestMail(to: "a@example.org", by: admin)
        _ = try service.outbox.sendTestMail(to: "b@example.org")
        #expect(try world.mails().map(\.language) == [.de, .en])
    }

    @Test func `a content has a language, and one of an earlier version is in English`() {
        for language in Language.allCases {
            let content = MailContent(language: language, values: ["a": "b", "c": ""])
            #expect(MailContent(encoded: content.encoded) == content)
        }
        let earlier = Array("a\u{0}b\u{0}".utf8)
        #expect(MailContent(encoded: earlier) == MailContent(language: .en, values: ["a": "b"]))
        #expect(MailContent(encoded: Array("a\u{0}".utf8)) == nil)
    }

    @Test func `the words among the values are in the language of the mail`() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/1 Firefox/140.0"
        #expect(Device.label(ofUserAgent: agent, in: .de) == "Firefox unter Linux")
        #expect(Device.label(ofUserAgent: agent) == "Firefox on Linux")
        for words in [\Language.never, \.unknownAddress, \.unknownDevice] {
            #expect(Set(Language.allCases.map { $0[keyPath: words] }).count == 2)
        }
    }
}
