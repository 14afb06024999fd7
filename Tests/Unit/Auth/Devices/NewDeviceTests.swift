import Crypto
import Testing
import TestSupport

@testable import Auth

struct NewDeviceTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    private let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1"

    init() throws {
        world = try World(.owner, .customer)
        world.confirm(email)
        service = try world.service()
    }

    @discardableResult
    private func login(
        from userAgent: String?, address: String? = "192.0.2.1", password: String = Person.password
    ) throws(AuthError) -> SignedIn {
        try service.signIn.login(
            email: .text(email), password: .text(password),
            by: SignInClient(
                ClientContext(network: .sample, address: address, userAgent: userAgent)))
    }

    @Test func `a login from a new device is announced once`() throws {
        try login(from: firefox)
        world.clock.advance(seconds: 90)
        try login(from: safari, address: "2001:db8::1")
        try login(from: safari)
        try login(from: firefox.replacing("140", with: "141"))
        let mails = try world.mails()
        #expect(mails.map { $0.kind } == [.newDevice])
        #expect(mails.first?.to == email)
        #expect(
            mails.first?.values == [
                "name": "customer", "time": "2023-11-14 22:14 UTC", "device": "Safari on iPhone",
                "address": "2001:db8::1",
            ])
        #expect(world.store.memory.mails.first?.mail.accountID == world.account(email)?.id)
    }

    @Test(arguments: [nil, "curl/8.14.1"])
    func `the first login of an account is not announced`(userAgent: String?) throws {
        for _ in 0..<2 { try login(from: userAgent) }
        #expect(try world.mails().isEmpty)
    }

    @Test func `a client without a User-Agent counts as a device`() throws {
        try login(from: firefox)
        for _ in 0..<2 { try login(from: nil, address: nil) }
        let mails = try world.mails()
        #expect(mails.map { $0.values["device"] } == ["unknown device"])
        #expect(mails.map { $0.values["address"] } == ["unknown"])
    }

    @Test func `a device stays known after logout`() throws {
        let first = try login(from: firefox)
        try service.signIn.logout([.cookie(first.sessionToken)])
        try login(from: firefox)
        #expect(try world.mails().isEmpty)
    }

    @Test func `devices of other accounts do not count`() throws {
        _ = try service.signIn.login(
            email: .text(Person.owner.email), password: .text(Person.password),
            by: SignInClient(
                ClientContext(network: .sample, address: nil, userAgent: safari)))
        try login(from: firefox)
        try login(from: safari)
        #expect(try world.mails().map { $0.to } == [email])
    }

    @Test func `signup and a wrong password send no device mail`() throws {
        try service.signup("new@example.org")
        try login(from: firefox)
        #expect(throws: AuthError.invalidCredentials) { try login(from: safari, password: "x") }
        #expect(try world.mails(of: .newDevice).isEmpty)
    }

    @Test func `the device that opened the account is known`() throws {
        try service.signup("new@example.org")
        try service.login("new@example.org")
        #expect(try world.mails(of: .newDevice).isEmpty)
        world.store.change { memory in
            for index in memory.sessions.indices { memory.sessions[index].client = .commandLine }
        }
        world.confirm("new@example.org")
        try service.login("new@example.org")
        #expect(try world.mails(of: .newDevice).map { $0.values["device"] } == ["Sample"])
    }

    @Test func `a login succeeds when the mail cannot be encrypted`() throws {
        let mail = MailWriter(keys: MailEncryptionKeys([]), throttle: world.throttle)
        let service = AuthService(
            store: world.store,
            passwords: PasswordHasher(
                iterations: World.iterations, function: PBKDF2(.blockFunction), gate: world.gate),
            tokens: TokenAuthority(world.keys), throttle: world.throttle, mail: mail,
            vault: world.vault, recorder: world.recorder, rules: world.rules,
            now: { [world] in world.clock.now })
        try login(from: firefox)
        try service.login(email)
        #expect(world.store.memory.mails.isEmpty && world.store.memory.sessions.count == 2)
    }

    @Test func `without a transport no device mail is queued`() throws {
        let silent = try World(people: [.customer], sendsMail: false, rules: .sample())
        let service = try silent.service()
        for userAgent in [firefox, safari] {
            _ = try service.signIn.login(
                email: .text(email), password: .text(Person.password),
                by: SignInClient(
                    ClientContext(network: .sample, address: nil, userAgent: userAgent)))
        }
        #expect(silent.store.memory.mails.isEmpty)
    }
}
