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

    @Test func `a device token is trusted for its own account and password only`() throws {
        let known = try #require(device(token()))
        #expect(known.accountID == account)
        #expect(try known.isTrusted(for: credential(account, password)))
        #expect(try !known.isTrusted(for: credential(.random(), password)))
        #expect(
            try !known.isTrusted(for: credential(account, Self.hash("secret"))),
            "set again, to the same password")
    }

    @Test func `device tokens are URL-safe and unique`() {
        let tokens = (0..<100).map { _ in token() }
        #expect(Set(tokens).count == 100)
        for token in tokens {
            #expect(token.utf8.count == 119)
            #expect(Base64URL.decode(token.utf8) != nil)
        }
    }

    @Test func `any change to a device token invalidates it`() {
        let token = Array(token().utf8)
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : 65
            #expect(keys.device(of: changed[...], at: Self.now) == nil, "symbol \(index)")
            #expect(keys.device(of: token[..<index], at: Self.now) == nil)
        }
        #expect(keys.device(of: (token + [65])[...], at: Self.now) == nil)
    }

    @Test func `a device token is valid for one year`() {
        let token = token()
        #expect(device(token, after: DeviceKeys.lifetime - 1) != nil)
        #expect(device(token, after: DeviceKeys.lifetime) == nil)
        #expect(device(token, after: -3_600) != nil, "the clock was set back")
        #expect(device(token, after: .max) == nil)
        #expect(
            keys.device(of: Array(token.utf8)[...], at: Timestamp(milliseconds: .min)) != nil)
    }

    @Test func `a device keeps its id for its account and gets a new one for another account`()
        throws
    {
        let first = try #require(device(token()))
        #expect(device(token(former: first))?.id == first.id)
        let other = KnownDevice(
            accountID: .random(), id: first.id, password: PasswordMark(password))
        #expect(device(token(former: other))?.id != first.id)
    }

    @Test func `a replaced key verifies device tokens while it is kept`() throws {
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

    @Test func `without a key no device is recognized`() {
        let keys = DeviceKeys([])
        #expect(token(by: keys).isEmpty)
        #expect(device(token(), by: keys) == nil)
        #expect(device("", by: keys) == nil)
    }
}
