import Crypto
import Testing
import TestSupport

@testable import Auth

struct OwnAccountTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let session: Credentials

    init() throws {
        world = try World(.owner, .admin, .customer, .pending)
        service = try world.service()
        session = try world.signIn(email)
    }

    @Test func `renaming changes the name and nothing else`() throws {
        let before = try #require(world.account(email))
        let account = try service.rename(to: .text("Ada  L."), by: service.caller(session))
        #expect(account.name == "Ada  L." && world.account(email) == account)
        var restored = account
        restored.name = before.name
        #expect(restored == before)
        try service.authenticate(.cookie(session.cookie))
    }

    @Test func `renaming keeps concurrent changes`() throws {
        let caller = try service.caller(session)
        world.change(email) { $0.tier = .team }
        #expect(try service.rename(to: .text("Ada"), by: caller).tier == .team)
        #expect(world.account(email)?.tier == .team)
    }

    @Test func `an absent name changes nothing and an invalid one is reported`() throws {
        let caller = try service.caller(session)
        #expect(try service.rename(to: .absent, by: caller) == caller.account)
        #expect(world.store.writes == 0)
        let service = service
        for name in [TextInput.text(""), .text(" "), .text("a\nb"), .notText] {
            #expect(
                fieldsAtFault { _ = try service.rename(to: name, by: caller) } == ["name"])
        }
    }

    @Test func `a language is chosen, kept and cleared`() throws {
        let caller = try service.caller(session)
        var change = ProfileChange()
        change.language = .chosen(.text("de"))
        #expect(try service.accounts.changeProfile(change, by: caller).language == .de)
        #expect(world.account(email)?.language == .de)
        #expect(try service.rename(to: .text("Ada"), by: caller).language == .de)
        change.language = .cleared
        #expect(try service.accounts.changeProfile(change, by: caller).language == nil)
        let both = try service.accounts.changeProfile(
            named("Grace", .chosen(.text("en"))), by: caller)
        #expect(both.name == "Grace" && both.language == .en)
    }

    @Test func `an unknown language is reported beside a wrong name, and neither changes`() throws {
        let caller = try service.caller(session)
        for language in [TextInput.text("fr"), .text("DE"), .text(""), .notText] {
            let change = named(" ", .chosen(language))
            #expect(
                fieldsAtFault { _ = try service.accounts.changeProfile(change, by: caller) }
                    == ["name", "language"])
        }
        #expect(world.store.writes == 0)
    }

    private func named(
        _ name: String, _ language: ProfileChange.LanguageInput
    ) -> ProfileChange {
        var change = ProfileChange()
        (change.name, change.language) = (.text(name), language)
        return change
    }

    @Test func `deleting an account deletes everything that belongs to it`() throws {
        let key = try world.makeKey(of: email, scopes: [.read]).text
        try world.addLink("reset", .resetPassword, of: email)
        _ = try service.email.resendVerification(to: service.caller(session))
        try service.deleteAccount(of: session)
        #expect(world.account(email) == nil)
        let memory = world.store.memory
        #expect(memory.sessions.isEmpty && memory.apiKeys.isEmpty)
        #expect(memory.linkTokens.isEmpty && memory.mails.isEmpty)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
        try service.signup(email)
    }

    @Test(arguments: [Person.admin, .pending])
    func `every account but the owner's can be deleted by its person`(person: Person) throws {
        try service.deleteAccount(of: world.signIn(person.email))
        #expect(world.account(person.email) == nil)
    }

    @Test func `an account with an unconfirmed address can be deleted`() throws {
        world.store.change { $0.settings.requireEmailVerification = true }
        try service.deleteAccount(of: session)
        #expect(world.account(email) == nil)
    }

    @Test func `the owner's account cannot be deleted, whatever the password`() throws {
        let owner = try world.signIn(Person.owner.email)
        #expect(throws: AuthError.ownerProtected) { try service.deleteAccount(of: owner) }
        #expect(throws: AuthError.ownerProtected) { try service.deleteAccount("x", of: owner) }
        #expect(world.account(Person.owner.email) != nil && world.gate.turns == 0)
    }

    @Test func `an account that becomes the owner during the request is not deleted`() throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn {
            world.change(Person.owner.email) { $0.role = .admin }
            world.change(email) { $0.role = .owner }
        }
        #expect(throws: AuthError.ownerProtected) { try service.deleteAccount(of: session) }
        #expect(world.account(email) != nil)
    }

    @Test func `a wrong password deletes nothing and counts as an attempt`() throws {
        for _ in 0..<15 {
            #expect(throws: AuthError.wrongPassword) {
                try service.deleteAccount("wrong", of: session)
            }
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
            try service.deleteAccount(of: session)
        }
        #expect(world.account(email) != nil)
        let caller = try service.caller(session)
        #expect(throws: AuthError.invalidInput([.missing("password")])) {
            try service.accounts.deleteAccount(password: .absent, of: caller, from: .sample)
        }
    }

    @Test func `an export contains the account's own data and nothing of others`() throws {
        let other = try world.signIn(Person.admin.email)
        try service.signIn.logout([.cookie(session.cookie)])
        let second = try world.signIn(email)
        try world.makeKey(of: email, scopes: [.read, .write])
        try world.makeKey(of: Person.admin.email, scopes: [.read])
        try world.addLink("reset", .resetPassword, of: email)
        _ = try service.email.resendVerification(to: service.caller(second))
        let export = try service.accounts.export(of: service.caller(second))
        #expect(export.account == world.account(email) && !export.isTruncated)
        #expect(export.sessions.map(\.details.session) == [second.session, session.session])
        #expect(export.sessions.map(\.endedAt) == [nil, world.clock.now])
        #expect(
            export.apiKeys.count == 1 && export.apiKeys[0].details.key.scopes == [.read, .write])
        #expect(Set(export.links.map(\.purpose)) == [.resetPassword, .verifyEmail])
        #expect(export.mails.map(\.kind) == [.verify])
        #expect(try service.accounts.export(of: service.caller(other)).mails.isEmpty)
    }
}

extension AuthService {
    /// Changes the name alone.
    fileprivate func rename(to name: TextInput, by caller: Caller) throws(AuthError) -> Account {
        var change = ProfileChange()
        change.name = name
        return try accounts.changeProfile(change, by: caller)
    }
}
