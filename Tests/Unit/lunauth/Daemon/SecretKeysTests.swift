import Crypto
import Glibc
import Logging
import TestSupport
import Testing
import Web

@testable import Auth
@testable import lunauth

/// A data directory with a known key, gone with the test.
private final class KeyDirectory {
    /// 32 bytes that count up.
    static let digits = (0..<32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()

    let path: String

    init() throws {
        var template = Array("/tmp/lunauth-keys-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(
            decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try write("secret.key", Self.digits + "\n")
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    func write(_ name: String, _ text: String) throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        defer { fclose(file) }
        try #require(fputs(text, file) >= 0)
        try #require(chmod("\(path)/\(name)", 0o600) == 0)
    }

    /// The keys of a server whose tokens are good for an hour.
    func keys() throws -> SecretKeys {
        let layers = try layered(environment: [
            "LUNAUTH_DATADIRECTORY": path, "LUNAUTH_TOKEN_LIFETIMESECONDS": "3600",
        ])
        return SecretKeys(
            LoadedConfiguration(layers: layers, values: try layers.checked(), setup: nil))
    }
}

/// What is derived of `secret.key`: another derivation would sign everybody out with an upgrade, and
/// leave mails that cannot be decrypted.
@Suite struct SecretKeysTests {
    private static let time = Timestamp(milliseconds: 1_700_000_000_000)

    private func hexadecimal(_ secret: Secret?) -> String? {
        secret?.withBytes { bytes in Hex.encode(bytes.indices.map { bytes[$0] }) }
    }

    /// The values are Python's: hmac and hashlib, RFC 5869 with an empty salt.
    @Test func `a known key gives known keys`() throws {
        let directory = try KeyDirectory()
        let keys = try directory.keys()
        #expect(try keys.ring(at: Self.time).kids == ["-Dg4oeaYkLw"])
        #expect(try keys.encodedTokenKey() == "Qz-d028ET6rR_t1M9uYAAqoFpguzV4qSVj_EkufNkMw")
        #expect(
            try hexadecimal(keys.deviceKeys(at: Self.time).first)
                == "1d5dee263956a8bdb54fb691fd78de1a695e05194a8a33d351180947522d1c2e")
        #expect(
            try hexadecimal(keys.sealingKeys(at: Self.time).first)
                == "7b01b7845ee8b0bf9dee11ac7f4ff7a5757004c7d1cd700f44385aab8ba568bf")
        #expect(
            try hexadecimal(keys.failureKey())
                == "717daacfff182882d61182e8928e323670acaaaf9c084214e1ddd469068d4387")
    }

    @Test func `a known key gives a known device cookie and reads it`() throws {
        let directory = try KeyDirectory()
        let keys = DeviceKeys(try directory.keys().deviceKeys(at: Self.time))
        let (account, device) = (UUID(high: 1, low: 2), UUID(high: 3, low: 4))
        let hash = try #require(
            PasswordHash(
                iterations: 1_000, salt: [UInt8](repeating: 7, count: 16),
                key: SHA256.digest([])))
        let former = KnownDevice(accountID: account, id: device, password: PasswordMark(hash))
        let cookie =
            "AQAAAAAAAAABAAAAAAAAAAIAAAAAAAAAAwAAAAAAAAAE12HUBq8qSloV9nyS"
            + "Q3jtiAAAAABlU_EAKldT3Dq9qbqhylpSHd_g-wUAu56QHG4aEibVShmi3rg"
        let token = keys.token(for: account, knowing: hash, former: former, at: Self.time)
        #expect(token == cookie)
        #expect(keys.device(of: Array(cookie.utf8)[...], at: Self.time)?.id == device)
    }

    @Test func `a key that was replaced is of use for one token lifetime`() throws {
        let directory = try KeyDirectory()
        let keys = try directory.keys()
        let before = try keys.ring(at: Self.time).kids
        try keys.rotate(at: Self.time)
        let last = Self.time.adding(seconds: 3_600)
        for (time, count) in [
            (Self.time.adding(seconds: 3_599), 2), (Timestamp(milliseconds: last.milliseconds), 1),
            (last.adding(seconds: 86_400), 1),
        ] {
            let kids = try keys.ring(at: time).kids
            #expect(kids.count == count && kids.first != before.first)
            #expect(kids.contains(before[0]) == (count == 2))
            #expect(try keys.deviceKeys(at: time).count == count)
            #expect(try keys.sealingKeys(at: time).count == count)
        }
        // And the next rotation takes its file away.
        try keys.rotate(at: last)
        let retired = directory.names.filter { $0.contains("retired") }
        #expect(retired == ["secret.key.retired-\(last.milliseconds)"])
    }

    @Test func `keys are on the disk before anything is signed with them`() throws {
        let directory = try KeyDirectory()
        unlink("\(directory.path)/secret.key")
        let keys = try directory.keys()
        let making = try DiskCalls(in: directory.path) { try keys.makeIfMissing() }
        #expect(making.replaceDurably("secret.key"), "\(making.lines)")
        let rotation = try DiskCalls(in: directory.path) { try keys.rotate(at: Self.time) }
        let retired = "secret.key.retired-\(Self.time.milliseconds)"
        #expect(rotation.replaceDurably("secret.key"), "\(rotation.lines)")
        #expect(rotation.replaceDurably(retired), "\(rotation.lines)")
        #expect(
            try #require(rotation.lines.firstIndex { $0.hasSuffix(" \(retired)") })
                < #require(rotation.lines.firstIndex { $0.hasSuffix(" secret.key") }),
            "the old key is kept before the new one takes its place")
    }
}

/// The daemon follows the key files.
@Suite struct SecretKeyReloaderTests {
    private let directory: KeyDirectory
    private let keys: SecretKeys
    private let tokens: TokenKeys
    private let sealing: MailEncryptionKeys
    private let devices: DeviceKeys
    private let vault: FactorVault
    private let probes: ProbeGate
    private let reloader: SecretKeyReloader

    init() throws {
        directory = try KeyDirectory()
        keys = try directory.keys()
        let time = WallClock.now()
        tokens = TokenKeys(try keys.ring(at: time))
        sealing = MailEncryptionKeys(try keys.sealingKeys(at: time))
        devices = DeviceKeys(try keys.deviceKeys(at: time))
        vault = FactorVault(try keys.wrappingKeys())
        probes = ProbeGate(key: try keys.probeKey(), now: WallClock.now)
        reloader = SecretKeyReloader(
            keys: keys, tokenKeys: tokens,
            sealingKeys: sealing, deviceKeys: devices, vault: vault, probes: probes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try reloader.begin()
    }

    private func device() throws -> String {
        let hash = try #require(
            PasswordHash(
                iterations: 1_000, salt: [UInt8](repeating: 7, count: 16),
                key: SHA256.digest([])))
        return devices.token(
            for: UUID(high: 1, low: 2), knowing: hash, former: nil, at: WallClock.now())
    }

    private func isKnown(_ token: String, to keys: DeviceKeys) -> Bool {
        keys.device(of: Array(token.utf8)[...], at: WallClock.now()) != nil
    }

    private func sign() -> String {
        let now = WallClock.now().seconds
        return TokenAuthority(tokens).sign(
            Claims(
                subject: UUID(high: 1, low: 2), sessionID: UUID(high: 3, low: 4), issuedAt: now,
                expiresAt: now + 60),
            about: Claims.Person(email: "a@example.org", tier: "free", role: "user"))
    }

    private func verifies(_ token: String) -> Bool {
        let now = WallClock.now().seconds
        return (try? TokenAuthority(tokens).verify(Array(token.utf8)[...], now: now)) != nil
    }

    @Test func `wrapping keys of factors are replaced with the key, and stay while its file does`()
        throws
    {
        #expect(try keys.wrappingKeys().count == 1)
        let long = WallClock.now().adding(seconds: -30 * 86_400)
        try keys.rotate(at: long)
        #expect(try keys.wrappingKeys().count == 2, "also beyond the lifetime of a token")
        #expect(try keys.sealingKeys(at: WallClock.now()).count == 1)
        reloader.check()
        let site = try #require(Origin("https://example.com"))
        let world = try World(rules: .standard(website: .fixed(site)))
        let mine = FactorVault(try keys.wrappingKeys())
        let vault = vault
        let record = try world.store.write { transaction throws(AuthError) in
            _ = try vault.seal([1], forChallenge: SHA256.digest([]), in: transaction)
            return try transaction.dataKey()
        }
        #expect(try mine.opens(#require(record)))
        #expect(try FactorVault([#require(keys.wrappingKeys().first)]).opens(#require(record)))
        #expect(try !FactorVault(Array(keys.wrappingKeys().dropFirst())).opens(#require(record)))
        try keys.requireFit(record)
        try directory.write("other", String(repeating: "0e", count: 32))
        let other = try directory.keys().adding(formerFrom: "\(directory.path)/other")
        #expect(try other.wrappingKeys().count == 3)
        #expect(throws: SecretKeyError.self) {
            try keys.adding(formerFrom: "\(directory.path)/absent")
        }
    }

    @Test func `after a rotation everything is made with the new key, and the old one reads`()
        throws
    {
        let time = WallClock.now()
        let oldDevices = DeviceKeys(try keys.deviceKeys(at: time))
        let oldSealing = MailEncryptionKeys(try keys.sealingKeys(at: time))
        let (token, cookie) = (sign(), try device())
        let mail = try sealing.seal([1, 2, 3], context: [4])
        try keys.rotate(at: time)
        reloader.check()

        let newDevices = DeviceKeys([try #require(try keys.deviceKeys(at: time).first)])
        let newSealing = MailEncryptionKeys([try #require(try keys.sealingKeys(at: time).first)])
        let newCookie = try device()
        #expect(isKnown(newCookie, to: newDevices) && !isKnown(newCookie, to: oldDevices))
        let newMail = try sealing.seal([1, 2, 3], context: [4])
        #expect(try newSealing.open(newMail, context: [4]) == [1, 2, 3])
        #expect(try oldSealing.open(newMail, context: [4]) == nil)
        #expect(try tokens.currentName == keys.ring(at: time).kids.first)

        #expect(verifies(token) && isKnown(cookie, to: devices))
        #expect(try sealing.open(mail, context: [4]) == [1, 2, 3])
    }

    @Test func `a key whose time is over is forgotten by a daemon that runs`() throws {
        let time = WallClock.now()
        let (token, cookie) = (sign(), try device())
        let mail = try sealing.seal([1, 2, 3], context: [4])
        try keys.rotate(at: time)
        reloader.check()
        // As if it had been replaced more than a token lifetime ago.
        let name = "\(directory.path)/secret.key.retired-"
        let earlier = time.milliseconds - 3_601_000
        #expect(rename("\(name)\(time.milliseconds)", "\(name)\(earlier)") == 0)
        reloader.check()
        #expect(!verifies(token) && !isKnown(cookie, to: devices))
        #expect(try sealing.open(mail, context: [4]) == nil)
        #expect(try verifies(sign()) && isKnown(device(), to: devices))
    }
}
