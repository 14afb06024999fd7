import Crypto
import Testing

@Suite struct PasswordHashTests {
    private static let salt = "AAECAwQFBgcICQoLDA0ODw"
    private static let key = "Vaz9BlbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw"

    @Test func `a PHC string is read and written back`() throws {
        let text = "$pbkdf2-sha256$i=600000$\(Self.salt)$\(Self.key)"
        let hash = try #require(PasswordHash(phc: text))
        #expect(hash.iterations == 600_000)
        #expect(hash.salt == [UInt8](0..<16))
        #expect(hash.key.bytes.prefix(3) == [0x55, 0xAC, 0xFD])
        #expect(hash.phc == text)
    }

    /// Salts of 8 and 64 bytes, and the least and the most iterations.
    @Test(arguments: [
        "$pbkdf2-sha256$i=1000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=10000000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=600000$AAAAAAAAAAA$\(key)",
        "$pbkdf2-sha256$i=600000$\(String(repeating: "A", count: 86))$\(key)",
    ])
    func `the bounds themselves are accepted`(text: String) {
        #expect(PasswordHash(phc: text)?.phc == text)
    }

    @Test(arguments: [
        "",
        "$",
        "$$$$",
        "pbkdf2-sha256$i=600000$\(salt)$\(key)",
        "x$pbkdf2-sha256$i=600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=600000$\(salt)",
        "$pbkdf2-sha256$i=600000$\(salt)$",
        "$pbkdf2-sha256$i=600000$\(salt)$\(key)$",
        "$pbkdf2-sha256$i=600000$\(salt)$\(key)\n",
        " $pbkdf2-sha256$i=600000$\(salt)$\(key)",
        "$pbkdf2-sha512$i=600000$\(salt)$\(key)",
        "$PBKDF2-SHA256$i=600000$\(salt)$\(key)",
        "$argon2id$i=600000$\(salt)$\(key)",
        "$pbkdf2-sha256$v=1$i=600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=600000,l=32$\(salt)$\(key)",
        "$pbkdf2-sha256$600000$\(salt)$\(key)",
        "$pbkdf2-sha256$I=600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=$\(salt)$\(key)",
        "$pbkdf2-sha256$i=0600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=+600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=-600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i= 600000$\(salt)$\(key)",
        "$pbkdf2-sha256$i=6e5$\(salt)$\(key)",
        "$pbkdf2-sha256$i=٦٠٠٠٠٠$\(salt)$\(key)",
        "$pbkdf2-sha256$i=0$\(salt)$\(key)",
        "$pbkdf2-sha256$i=999$\(salt)$\(key)",
        "$pbkdf2-sha256$i=10000001$\(salt)$\(key)",
        "$pbkdf2-sha256$i=99999999$\(salt)$\(key)",
        "$pbkdf2-sha256$i=18446744073709551617$\(salt)$\(key)",
        "$pbkdf2-sha256$i=600000$$\(key)",
        // 7 and 65 bytes of salt.
        "$pbkdf2-sha256$i=600000$AAAAAAAAAA$\(key)",
        "$pbkdf2-sha256$i=600000$\(String(repeating: "A", count: 87))$\(key)",
        "$pbkdf2-sha256$i=600000$\(salt)==$\(key)",
        "$pbkdf2-sha256$i=600000$\(salt)$\(key)=",
        // The last symbol has bits that stand for nothing.
        "$pbkdf2-sha256$i=600000$AAECAwQFBgcICQoLDA0ODx$\(key)",
        "$pbkdf2-sha256$i=600000$\(salt)$\(key.dropLast())x",
        // The alphabet of URLs.
        "$pbkdf2-sha256$i=600000$\(salt)$Vaz9BlbjCJ_sFpHCJUS2BflBhSFt3gRl5oudV8INrLw",
        // 31 and 33 bytes of key.
        "$pbkdf2-sha256$i=600000$\(salt)$\(key.dropLast(2))A",
        "$pbkdf2-sha256$i=600000$\(salt)$\(key.dropLast())wA",
        "$pbkdf2-sha256$i=600000$\(String(repeating: "A", count: 300))$\(key)",
    ])
    func `anything but the canonical form within the bounds is refused`(text: String) {
        #expect(PasswordHash(phc: text) == nil)
    }

    @Test(arguments: [(999, 16), (10_000_001, 16), (1_000, 7), (1_000, 65), (Int.min, 16)])
    func `values out of bounds make no hash`(iterations: Int, saltCount: Int) {
        let salt = [UInt8](repeating: 0, count: saltCount)
        let key = SHA256.digest([])
        #expect(PasswordHash(iterations: iterations, salt: salt, key: key) == nil)
    }

    @Test(arguments: [PBKDF2(.blockFunction), PBKDF2(.reference)])
    func `a derived hash matches its password and no other`(pbkdf2: PBKDF2) throws {
        let password = Array("correct horse".utf8)
        let hash = PasswordHash.derive(password: password, iterations: 1_000, using: pbkdf2)
        #expect(hash.iterations == 1_000)
        #expect(hash.salt.count == PasswordHash.saltCount)
        let stored = try #require(PasswordHash(phc: hash.phc))
        #expect(stored == hash)
        #expect(stored.matches(password: password, using: pbkdf2))
        #expect(!stored.matches(password: Array("correct horsf".utf8), using: pbkdf2))
        #expect(!stored.matches(password: [], using: pbkdf2))
    }

    @Test func `equal passwords have different hashes`() {
        let pbkdf2 = PBKDF2(.blockFunction)
        let one = PasswordHash.derive(password: [1], iterations: 1_000, using: pbkdf2)
        let other = PasswordHash.derive(password: [1], iterations: 1_000, using: pbkdf2)
        #expect(one.salt != other.salt)
        #expect(one.key != other.key)
    }

    @Test(arguments: [(Int.min, 1_000), (0, 1_000), (999, 1_000)])
    func `too few iterations are raised to the least`(asked: Int, made: Int) {
        let hash = PasswordHash.derive(
            password: [1], iterations: asked, using: PBKDF2(.blockFunction))
        #expect(hash.iterations == made)
    }
}
