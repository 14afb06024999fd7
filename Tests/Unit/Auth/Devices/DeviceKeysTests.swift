import Crypto
import Testing

@testable import Auth

/// The value of the device cookie.
struct DeviceKeysTests {
    private static let now = Timestamp(milliseconds: 1_700_000_000_000)

    private let keys = DeviceKeys([.random()])
    private let account = UUID.random()
    private let password = DeviceKeysTests.hash("secret")

    private static func hash(_ password: String) -> PasswordHash {
        PasswordHash.derive(
            password: Array(password.utf8), iterations: 1_000, using: PBKDF2(.blockFunction))
    }

    private func token(former: KnownDevice? = nil, by keys: DeviceKeys? = nil) -> String {
        (keys ?? self.keys).token(
            for: account, knowing: password, former: former, at: Self.now)
    }

    private func device(
        _ token: String, by keys: DeviceKeys? = nil, after seconds: Int64 = 0
    ) -> KnownDevice? {
        (keys ?? self.keys).device(
            of: Array(token.utf8)[...], at: Self.now.adding(seconds: seconds))
    }

    private func credential(_ id: UUID, _ hash: PasswordHash) throws -> AccountCredential {
        AccountCredential(
            account: Account(
                id: id, email: try #require(Email("a@example.org")), name: "A", tier: .free,
                role: .user, status: .active, createdAt: Self.now), passwordHash: hash)
    }

    @Test func `a device is read back, and trusted by its account and password alone`() throws {
        let known = try #require(device(token()))
        #expect(known.accountID == account)
        #expect(try known.isTrusted(for: credential(account, password)))
        #expect(try !known.isTrusted(for: credential(.random(), password)))
        #expect(
            try !known.isTrusted(for: credential(account, Self.hash("secret"))),
            "the password was set anew, if only to the same")
    }

    @Test func `a value is URL-safe and never the same twice`() {
        let tokens = (0..<100).map { _ in token() }
        #expect(Set(tokens).count == 100)
        for token in tokens {
            #expect(token.utf8.count == 119)
            #expect(Base64URL.decode(token.utf8) != nil)
        }
    }

    @Test func `every change of a value makes it nobody's`() {
        let token = Array(token().utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : 65
            #expect(keys.device(of: changed[...], at: Self.now) == nil, "symbol \(index)")
            #expect(keys.device(of: token[..<index], at: Self.now) == nil)
        }
        #expect(keys.device(of: (token + [65])[...], at: Self.now) == nil)
    }

    @Test func `it is good for a year`() {
        let token = token()
        #expect(device(token, after: DeviceKeys.lifetime - 1) != nil)
        #expect(device(token, after: DeviceKeys.lifetime) == nil)
        #expect(device(token, after: -3_600) != nil, "a clock that was put back")
        #expect(device(token, after: .max) == nil)
        #expect(
            keys.device(of: Array(token.utf8)[...], at: Timestamp(milliseconds: .min)) != nil)
    }

    @Test func `a device keeps its id with its account and loses it with another`() throws {
        let first = try #require(device(token()))
        #expect(device(token(former: first))?.id == first.id)
        let other = KnownDevice(
            accountID: .random(), id: first.id, password: PasswordMark(password))
        #expect(device(token(former: other))?.id != first.id)
    }

    @Test func `a key that was replaced verifies for as long as it is kept`() throws {
        let (old, new) = (Secret.random(), Secret.random())
        let keys = DeviceKeys([old])
        let before = token(by: keys)
        keys.replace(by: [new, old])
        let after = token(by: keys)
        #expect(device(before, by: keys) != nil && device(after, by: keys) != nil)
        #expect(device(after, by: DeviceKeys([old])) == nil, "the new key signs")
        keys.replace(by: [new])
        #expect(device(before, by: keys) == nil && device(after, by: keys) != nil)
    }

    @Test func `without a key nobody is known`() {
        let keys = DeviceKeys([])
        #expect(token(by: keys).isEmpty)
        #expect(device(token(), by: keys) == nil)
        #expect(device("", by: keys) == nil)
    }
}
