import Crypto
import Testing
import TestSupport

@testable import Auth

/// Ways to unlock an account that failed logins have locked.
struct UnlockTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .admin, .customer, .member)
        service = try world.service()
    }

    /// Fails logins until the account is locked for known and unknown clients.
    ///
    /// - Returns: A device that knows the account and has used up its own failures as well.
    private func lockOut(_ email: String) throws -> ClientContext {
        let device = service.client(try service.login(email).deviceToken)
        for _ in 0..<10 {
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", from: device)
            }
        }
        for network in 0..<60 {
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", from: .stranger(network))
            }
        }
        #expect(isLockedOut(email, device) && isLockedOut(email, .stranger(1)))
        return device
    }

    private func isLockedOut(
        _ email: String, _ client: ClientContext, _ password: String = Person.password
    ) -> Bool {
        do {
            try service.login(email, password, from: client)
            return false
        } catch AuthError.tooManyRequests {
            return true
        } catch {
            Issue.record(error)
            return true
        }
    }

    private func id(_ email: String) throws -> UUID { try #require(world.account(email)).id }

    @Test func `an unlock resets the failures of unknown clients, devices and networks`() throws {
        let device = try lockOut(email)
        let session = try world.signIn(email)
        #expect(
            try service.administration.unlock(ofEmail: "CUSTOMER@example.org")?.email.address
                == email)
        for client in [device, .stranger(1), .stranger(1_000)] {
            #expect(!isLockedOut(email, client))
        }
        _ = try service.identify(.cookie(session.cookie))
        // The device is still known and has its own failures again.
        for _ in 0..<10 {
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", from: device)
            }
        }
    }

    @Test func `a network has its five failures again after an unlock`() throws {
        for _ in 0..<2 {
            for _ in 0..<5 {
                #expect(throws: AuthError.invalidCredentials) {
                    try service.login(email, "wrong", from: .stranger(1))
                }
            }
            #expect(isLockedOut(email, .stranger(1)))
            _ = try service.administration.unlock(ofEmail: email)
        }
    }

    @Test
    func `an unlock admits the correct password however many guesses were hashed before`()
        throws
    {
        for round in 0..<4 {
            for network in 0..<60 {
                #expect(throws: AuthError.invalidCredentials) {
                    try service.login(email, "wrong", from: .stranger(network << 8 + round))
                }
            }
            #expect(isLockedOut(email, .stranger(1)))
            _ = try service.administration.unlock(ofEmail: email)
            #expect(!isLockedOut(email, .stranger(1)))
        }
    }

    @Test func `an unlock applies to one account only`() throws {
        let devices = [try lockOut(email), try lockOut(Person.member.email)]
        _ = try service.administration.unlock(ofEmail: email)
        #expect(!isLockedOut(email, devices[0]))
        #expect(isLockedOut(Person.member.email, devices[1]))
        #expect(isLockedOut(Person.member.email, .stranger(1)))
    }

    @Test func `setting a password on the command line unlocks the account`() throws {
        let device = try lockOut(email)
        _ = try service.administration.setPassword("another password", ofEmail: email)
        for client in [device, .stranger(1), .stranger(1_000)] {
            #expect(!isLockedOut(email, client, "another password"))
        }
    }

    @Test func `a rejected password on the command line unlocks nothing`() throws {
        let device = try lockOut(email)
        _ = fieldsAtFault { _ = try service.administration.setPassword("short", ofEmail: email) }
        #expect(isLockedOut(email, device))
    }

    @Test
    func `an administrator unlocks an account, and a refused or failed unlock changes nothing`()
        throws
    {
        let device = try lockOut(email)
        let id = try id(email)
        let member = try service.caller(world.signIn(Person.member.email))
        #expect(throws: AuthError.forbidden) {
            try service.administration.unlock(id, by: .caller(member))
        }
        #expect(throws: AuthError.notFound) {
            try service.administration.unlock(.random(), by: .commandLine)
        }
        let admin = try service.caller(world.signIn(Person.admin.email))
        world.store.condition = .broken
        #expect(throws: AuthError.unavailable("disk I/O error")) {
            try service.administration.unlock(id, by: .caller(admin))
        }
        world.store.condition = .well
        #expect(isLockedOut(email, device))
        try service.administration.unlock(id, by: .caller(admin))
        #expect(!isLockedOut(email, device))
    }

    @Test(arguments: ["nobody@example.org", "no address", ""])
    func `unlocking an unknown email is reported`(email: String) throws {
        #expect(try service.administration.unlock(ofEmail: email) == nil)
    }

    @Test func `a reset sent by an administrator changes nothing until its link is used`() throws {
        let session = try world.signIn(email)
        let admin = try service.caller(world.signIn(Person.admin.email))
        try service.administration.sendPasswordReset(to: try id(email), by: .caller(admin))
        #expect(try world.mails().map(\.to) == [email])
        try service.login(email)
        _ = try service.identify(.cookie(session.cookie))
        let token = try #require(try world.deliver(by: service).last).values.token
        try service.resetPassword(token, to: "another password")
        try service.login(email, "another password")
    }

    @Test func `a reset that cannot be mailed is refused`() throws {
        let id = try id(email)
        for _ in 0..<3 { try service.administration.sendPasswordReset(to: id, by: .commandLine) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) {
            try service.administration.sendPasswordReset(to: id, by: .commandLine)
        }
        #expect(world.store.memory.mails.count == 3)
        let mute = try World(people: [.customer], sendsMail: false, rules: .sample())
        let account = try #require(mute.account(email))
        #expect(throws: AuthError.mailNotConfigured) {
            try mute.service().administration.sendPasswordReset(to: account.id, by: .commandLine)
        }
        #expect(throws: AuthError.notFound) {
            try service.administration.sendPasswordReset(to: .random(), by: .commandLine)
        }
    }
}
