import Crypto
import Testing
import TestSupport

@testable import Auth

/// Password guessing from many networks while the owner signs in.
struct BruteForceTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    /// Whether a wrong password was checked against the stored hash.
    private func guess(
        from client: ClientContext, presenting credential: PresentedCredential? = nil
    ) -> Bool {
        do {
            try service.login(email, "wrong", presenting: credential, from: client)
        } catch AuthError.invalidCredentials {
            return true
        } catch AuthError.tooManyRequests {
        } catch {
            Issue.record("\(error)")
        }
        return false
    }

    @Test func `a botnet of ten thousand hosts never locks the owner out`() throws {
        let session = try world.signIn(email)
        var device = try service.login(email).deviceToken
        var guesses = 0
        for bot in 0..<10_000 {
            if guess(from: .stranger(100_000 + bot)) { guesses += 1 }
            // Spread over three hours.
            world.clock.advance(nanoseconds: 1_080_000_000)
            guard bot % 100 == 0 else { continue }
            // The owner signs in with the device, also from a network of the botnet.
            for network in [bot, 100_000 + bot] {
                let client = service.client(device, in: .ipv4(UInt32(network)))
                try service.login(email, from: client)
            }
            try service.changePassword(to: "another password", by: session)
            device = try service.changePassword(
                from: "another password", to: Person.password, by: session)
            try service.changeEmail(to: "e\(bot)@example.org", by: session)
        }
        #expect((85...90).contains(guesses))
        try service.deleteAccount(of: session)
    }

    @Test func `unknown clients make at most three hundred guesses at an account in a day`() {
        var guesses = 0
        for bot in 0..<8_640 {
            if guess(from: .stranger(bot)) { guesses += 1 }
            world.clock.advance(seconds: 10)
        }
        #expect((299...300).contains(guesses))
        #expect(world.derivation.iterations == guesses * World.iterations)
    }

    @Test func `one network makes at most thirty-four guesses at an account in a day`() {
        var guesses = 0
        for _ in 0..<8_640 {
            if guess(from: .sample) { guesses += 1 }
            world.clock.advance(seconds: 10)
        }
        #expect(guesses == 34)
    }

    @Test func `a stolen device makes at most a hundred and fifty-four guesses in a day`() throws {
        let token = try service.login(email).deviceToken
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        var guesses = 0
        for bot in 0..<8_640 {
            // Unknown clients use up the limit that a device falls back on.
            _ = guess(from: .stranger(bot))
            if guess(from: service.client(token, in: .ipv4(77_777))) { guesses += 1 }
            world.clock.advance(seconds: 10)
        }
        #expect((153...154).contains(guesses))
    }

    @Test func `a stolen session makes no more guesses than a device`() throws {
        let session = try world.signIn(email)
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        for _ in 0..<5 {
            #expect(guess(from: .sample, presenting: .cookie(session.cookie)))
            #expect(guess(from: .sample, presenting: .bearer(session.token)))
        }
        #expect(!guess(from: .sample, presenting: .cookie(session.cookie)))
        #expect(throws: AuthError.tooManyRequests(retryAfter: 360)) {
            try service.changePassword(to: "another password", by: session)
        }
    }

    @Test func `a password change revokes the devices that knew the old password`() throws {
        // An attacker with the old password has a hundred devices, enough for a thousand guesses.
        world.throttle.setEnabled(false)
        let devices = try (0..<100).map { _ in try service.login(email).deviceToken }
        world.throttle.setEnabled(true)
        let session = try world.signIn(email)
        try service.changePassword(to: "another password", by: session)
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        #expect(!devices.contains { guess(from: service.client($0)) })
    }

    @Test func `a client that resets the password by mail becomes a known device`() throws {
        try world.addLink("reset", .resetPassword, of: email)
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 360)) {
            try service.login(email, from: .stranger(5_000))
        }
        let device = try service.passwords.resetPassword(
            token: .text("reset"), password: .text("another password"), from: .stranger(5_000))
        try service.login(
            email, "another password", from: service.client(device, in: .ipv4(5_000)))
    }

    @Test func `a client that changes the password stays a known device`() throws {
        let session = try world.signIn(email)
        let login = try service.login(email)
        let before = try #require(service.client(login.deviceToken).device)
        let client = ClientContext(
            network: .sample, address: nil, userAgent: nil, device: before)
        let token = try service.changePassword(
            to: "another password", by: session, at: client)
        let after = try #require(service.client(token).device)
        #expect(after.id == before.id && after != before)
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        let known = ClientContext(network: .sample, address: nil, userAgent: nil, device: after)
        try service.login(email, "another password", from: known)
        #expect(throws: AuthError.self) {
            try service.login(email, "another password", from: client)
        }
    }

    @Test(arguments: [1_000, 2_000])
    func `rehashing with another iteration count keeps the device known`(iterations: Int) throws {
        let service = try world.service(iterations: iterations)
        let device = try service.login(email).deviceToken
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        try service.login(email, from: service.client(device))
    }

    @Test func `a device of one account is unknown to another account`() throws {
        let device = try service.login(Person.owner.email).deviceToken
        for network in 0..<60 { _ = guess(from: .stranger(network)) }
        #expect(!guess(from: service.client(device)))
    }
}

/// Many people behind one address.
struct SharedNetworkTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    /// Uses up every login of a network.
    private func exhaust(_ network: Throttle.Network = .sample) {
        while (try? world.throttle.admit(.login, from: network)) != nil {}
    }

    /// Signs in as a client whose request was already counted for its network.
    private func signIn(
        _ email: String, from client: ClientContext,
        presenting credential: PresentedCredential? = nil
    ) throws {
        let admission = try service.admit(.login, from: client.network, mayBeKnown: true)
        let admitted = ClientContext(
            network: client.network, address: nil, userAgent: nil, device: client.device,
            admission: admission)
        try service.login(email, presenting: credential, from: admitted)
    }

    @Test func `a known device signs in although its network has used up its logins`() throws {
        let email = Person.customer.email
        let client = service.client(try service.login(email).deviceToken)
        exhaust()
        try signIn(email, from: client)
        #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) {
            try signIn(email, from: .sample)
        }
    }

    @Test func `a session of the account signs in although its network has used up its logins`()
        throws
    {
        let session = try world.signIn(Person.customer.email)
        exhaust()
        for credential in [PresentedCredential.cookie(session.cookie), .bearer(session.token)] {
            try signIn(Person.customer.email, from: .sample, presenting: credential)
            #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) {
                try signIn(Person.owner.email, from: .sample, presenting: credential)
            }
        }
    }

    @Test(arguments: ["owner@example.org", "nobody@example.org", "no address"])
    func `a device's own logins apply only to its own account`(email: String) throws {
        let client = service.client(try service.login(Person.customer.email).deviceToken)
        exhaust()
        let turns = world.gate.turns
        #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) {
            try signIn(email, from: client)
        }
        #expect(world.gate.turns == turns)
    }

    @Test func `a device has ten logins of its own and then two a minute`() throws {
        let email = Person.customer.email
        let client = service.client(try service.login(email).deviceToken)
        let elsewhere = ClientContext(
            network: .ipv4(7), address: nil, userAgent: nil, device: client.device)
        exhaust()
        #expect((0..<20).count { _ in (try? signIn(email, from: client)) != nil } == 10)
        #expect(throws: AuthError.tooManyRequests(retryAfter: 3)) {
            try signIn(email, from: client)
        }
        try signIn(email, from: elsewhere)
        #expect(world.throttle.refusals(by: .deviceLogin) == 11)
    }

    @Test func `failures at one account do not affect other accounts of the network`() throws {
        for _ in 0..<29 { _ = try? service.login(Person.owner.email, "wrong") }
        try service.login(Person.customer.email)
    }

    /// Accounts with one device each.
    private func staff(_ count: Int) throws -> [(email: String, client: ClientContext)] {
        world.throttle.setEnabled(false)
        defer { world.throttle.setEnabled(true) }
        return try (0..<count).map { index in
            let email = "staff\(index)@example.org"
            try world.add(email)
            return (email, service.client(try service.login(email).deviceToken))
        }
    }

    @Test func `a hundred known devices of one network can sign in at once`() throws {
        for (email, client) in try staff(100) { try signIn(email, from: client) }
    }

    @Test func `additional devices add no logins and additional accounts add a limited number`()
        throws
    {
        let email = Person.customer.email
        world.throttle.setEnabled(false)
        let devices = try (0..<20).map { _ in
            service.client(try service.login(email).deviceToken)
        }
        world.throttle.setEnabled(true)
        exhaust()
        #expect(devices.count { (try? signIn(email, from: $0)) != nil } == 10)
        let staff = try staff(130)
        #expect(staff.count { (try? signIn($0.email, from: $0.client)) != nil } == 110)
    }
}
