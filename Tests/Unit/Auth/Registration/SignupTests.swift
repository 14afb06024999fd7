import Testing
import TestSupport

@testable import Auth

struct SignupTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    @Test func `signup creates an active account and a session`() throws {
        let signedIn = try service.signup("New@Example.org")
        let account = signedIn.account
        #expect(account.email.address == "new@example.org" && account.name == "new")
        #expect(account.role == .user && account.tier == .free && account.status == .active)
        #expect(account.createdAt == world.clock.now)
        #expect(try service.authenticate(.cookie(signedIn.sessionToken)).account == account)
        try service.login("new@example.org")
    }

    @Test func `a name is kept as it was sent`() throws {
        #expect(try service.signup("a@b.cc", name: .text("Ada  L.")).account.name == "Ada  L.")
    }

    @Test func `all invalid inputs are reported together`() {
        let service = service
        #expect(
            fieldsAtFault {
                _ = try service.registration.signup(
                    email: .text("nonsense"), password: .text("short"), name: .text("a\nb"),
                    from: .sample)
            } == ["email", "name", "password"])
        #expect(
            fieldsAtFault {
                _ = try service.registration.signup(
                    email: .absent, password: .notText, name: .notText, from: .sample)
            } == ["email", "name", "password"])
        #expect(world.gate.turns == 0 && world.store.writes == 0)
    }

    @Test(arguments: ["ada.lovelace", "ada.lovelace@example.org", "Countess Ada", "password1"])
    func `a common or personal password is rejected`(password: String) {
        #expect(
            fieldsAtFault {
                try service.signup(
                    "ada.lovelace@example.org", password, name: .text("Countess Ada"))
            } == ["password"])
    }

    @Test func `a taken email is rejected before any hashing`() {
        #expect(throws: AuthError.emailTaken) { try service.signup("CUSTOMER@example.org") }
        #expect(world.gate.turns == 0)
    }

    @Test func `of two concurrent signups with one email the second fails`() throws {
        let world = world
        world.gate.duringNextTurn {
            #expect(throws: Never.self) { try world.service().signup("new@example.org") }
        }
        #expect(throws: AuthError.emailTaken) { try service.signup("new@example.org") }
        #expect(world.store.memory.credentials.count == 3)
        #expect(world.store.memory.sessions.count == 1)
    }

    @Test(
        arguments: [
            \Settings.signup, \Settings.register, \Settings.nativeSignin,
        ] as [any WritableKeyPath<Settings, Bool> & Sendable])
    func `each of three settings closes signup`(
        setting: any WritableKeyPath<Settings, Bool> & Sendable
    ) throws {
        try service.registration.requireSignupOpen()
        world.store.change { $0.settings[keyPath: setting] = false }
        #expect(throws: AuthError.registrationClosed) {
            try service.registration.requireSignupOpen()
        }
        #expect(throws: AuthError.registrationClosed) { try service.signup("new@example.org") }
        #expect(world.account("new@example.org") == nil)
    }

    @Test func `disabling approval leaves signup open`() throws {
        world.store.change { $0.settings.approval = false }
        try service.registration.requireSignupOpen()
    }

    @Test func `a store failure leaves no account`() {
        let world = world
        world.gate.duringNextTurn { world.store.condition = .broken }
        #expect(throws: AuthError.unavailable("disk I/O error")) { try service.signup("a@b.cc") }
        #expect(world.account("a@b.cc") == nil)
    }
}
