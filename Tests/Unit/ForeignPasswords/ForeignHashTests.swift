import ForeignPasswords
import Testing

/// Passwords are checked against hashes that other libraries made.
struct ForeignHashTests {
    private let verifier = LibraryVerifier()

    private func verify(_ password: String, _ hash: ForeignHash) throws -> Bool {
        try verifier.verify(Array(password.utf8), against: hash)
    }

    @Test(arguments: Vectors.all)
    func `the password matches, and no other one does`(vector: Vectors.Vector) throws {
        let hash = try ForeignHash(vector.text)
        #expect(hash.form == vector.form)
        #expect(try verify(Vectors.password, hash))
        for other in [
            "", "Correct horse b\u{E4}ttery", Vectors.password + "!",
            String(Vectors.password.dropLast()),
        ] {
            #expect(try !verify(other, hash), "\(other)")
        }
    }

    @Test(arguments: Vectors.all)
    func `bytes count as they were entered, not as they are normalised`(
        vector: Vectors.Vector
    ) throws {
        #expect(Vectors.password == Vectors.decomposed)
        #expect(try !verify(Vectors.decomposed, ForeignHash(vector.text)))
    }

    @Test(arguments: Vectors.all)
    func `a password with a zero byte matches nothing that ends there`(
        vector: Vectors.Vector
    ) throws {
        let hash = try ForeignHash(vector.text)
        #expect(try !verify(Vectors.password + "\0more", hash))
        // HMAC fills a short key with zeros (RFC 2104 §2), so one zero more is the same key.
        let isHMAC = hash.form.hasPrefix("pbkdf2") || hash.form == "scrypt"
        #expect(try verify(Vectors.password + "\0", hash) == isHMAC)
    }

    @Test(arguments: Vectors.all)
    func `the canonical text reads back as the same hash`(vector: Vectors.Vector) throws {
        let hash = try ForeignHash(vector.text)
        let again = try ForeignHash(hash.text)
        #expect(again == hash && again.profile == hash.profile && again.text == hash.text)
        #expect(hash.text.hasPrefix(hash.setting))
        #expect(!hash.profile.contains(":"))
        #expect(try verify(Vectors.password, again))
    }

    @Test(arguments: Vectors.all)
    func `a decoy has the profile of its hash, another salt, and no known password`(
        vector: Vectors.Vector
    ) throws {
        let hash = try ForeignHash(vector.text)
        let decoy = hash.decoy()
        #expect(decoy.profile == hash.profile && decoy.setting != hash.setting)
        #expect(try !verify(Vectors.password, decoy))
        #expect(try ForeignHash(decoy.text) == decoy)
    }

    @Test func `of a password no more than 72 bytes count for bcrypt`() throws {
        let hash = try ForeignHash(Vectors.bcryptOf72)
        let long = String(repeating: "x", count: 72)
        #expect(try verify(long, hash))
        #expect(try verify(long + "anything", hash))
        #expect(try verify(long + String(repeating: "y", count: 4_000), hash))
        #expect(try !verify(String(long.dropLast()), hash))
    }

    @Test func `no more than 256 bytes of a password are hashed by SHA-crypt`() throws {
        let long = String(repeating: "x", count: 256)
        #expect(try verify(long, ForeignHash(Vectors.sha512CryptOf256)))
        let longer = try ForeignHash(Vectors.sha512CryptOf257)
        #expect(try !verify(long + "x", longer) && !verify(long, longer))
    }

    @Test func `the salt of SHA-crypt is a part of its cost`() throws {
        let key = String(repeating: "a", count: 86)
        let (short, long) = (
            try ForeignHash("$6$ab$\(key)"), try ForeignHash("$6$0123456789abcdef$\(key)")
        )
        #expect(short.profile != long.profile)
        #expect(short.decoy().text.utf8.count == short.text.utf8.count)
    }

    @Test(arguments: [
        "$scrypt$ln=15,r=1,p=1$QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M",
        "$scrypt$ln=1,r=1,p=1$QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M",
        "$scrypt$ln=16,r=2,p=3$QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M",
        "$argon2id$v=19$m=512,t=1,p=64$QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M",
        "$argon2i$m=8,t=1,p=1$QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M",
        "$y$j/.$aaaaaa..$\(String(repeating: "a", count: 43))",
        "$5$rounds=1000$.$\(String(repeating: "a", count: 43))",
    ])
    func `what is within bounds is computed`(text: String) throws {
        let hash = try ForeignHash(text)
        #expect(try !verify("", hash) && !verify(Vectors.password, hash))
        #expect(try !verify(Vectors.password, hash.decoy()))
    }

    @Test(arguments: ["sha512-crypt", "yescrypt"])
    func `a password that crypt cannot take matches nothing`(form: String) throws {
        let vector = try #require(Vectors.all.first { $0.form == form })
        let hash = try ForeignHash(vector.text)
        #expect(try !verify(String(repeating: "x", count: 512), hash))
        #expect(try !verify(String(repeating: "x", count: 4_096), hash))
    }

    @Test func `parts stored in fields make the same hash as a text`() throws {
        let salt = Array("Ab3dE5gH7jK9".utf8)
        let django = try #require(Vectors.all.first { $0.text.hasPrefix("pbkdf2_sha1$") })
        let hash = try ForeignHash(django.text)
        let key = try #require(hash.text.split(separator: "$").last)
        #expect(hash.text == "$pbkdf2-sha1$1000$QWIzZEU1Z0g3aks5$\(key)")
        let made = try ForeignHash.pbkdf2(
            .sha1, iterations: 1_000, salt: salt, key: Array(repeating: 7, count: 20))
        #expect(made.setting == hash.setting && made.profile == hash.profile)
    }
}
