import ForeignPasswords
import Testing

/// What is no hash of a known form within bounds is refused before any work.
struct ForeignHashBoundsTests {
    private static let bcryptEnd = "zEGx.e1pNDnd0lvrugyYD2PCpT7TYLqzEGx.e1pNDnd0lvrugyYD2"
    private static let key86 = String(repeating: "a", count: 86)
    private static let key43 = String(repeating: "a", count: 43)
    private static let end = "QWIzZEU1Z0g3aks5$D8MfmPBwTus1WdX7VHGTRV7NnyqKdDtldoZ/WAVrD3M"

    private func error(of text: String) -> ForeignHashError? {
        do throws(ForeignHashError) {
            _ = try ForeignHash(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("$2b$14$\(bcryptEnd)", "$2b$15$\(bcryptEnd)"),
        ("$2b$04$\(bcryptEnd)", "$2b$31$\(bcryptEnd)"),
        ("$6$rounds=1000000$salt$\(key86)", "$6$rounds=1000001$salt$\(key86)"),
        ("$5$rounds=1000$salt$\(key43)", "$5$rounds=999$salt$\(key43)"),
        ("$y$jDT$aaaaaa..$\(key43)", "$y$jET$aaaaaa..$\(key43)"),
        ("$argon2id$v=19$m=262144,t=3,p=1$\(end)", "$argon2id$v=19$m=262144,t=4,p=1$\(end)"),
        ("$argon2id$v=19$m=262144,t=1,p=1$\(end)", "$argon2id$v=19$m=262145,t=1,p=1$\(end)"),
        ("$argon2i$v=19$m=8,t=1,p=1$\(end)", "$argon2i$v=19$m=8,t=9999999999,p=1$\(end)"),
        ("$scrypt$ln=18,r=8,p=1$\(end)", "$scrypt$ln=18,r=8,p=2$\(end)"),
        ("$scrypt$ln=17,r=8,p=2$\(end)", "$scrypt$ln=19,r=8,p=1$\(end)"),
        ("$scrypt$ln=1,r=1,p=1$\(end)", "$scrypt$ln=25,r=8,p=1$\(end)"),
        ("$pbkdf2-sha256$3000000$\(end)", "$pbkdf2-sha256$3000001$\(end)"),
        ("$pbkdf2-sha256$i=3000000$\(end)", "$pbkdf2-sha256$9999999999$\(end)"),
        ("$pbkdf2$1500000$\(end)", "$pbkdf2$1500001$\(end)"),
        ("$pbkdf2-sha512$1500000$\(end)", "$pbkdf2-sha512$1500001$\(end)"),
    ])
    func `the bound is the last cost that is taken`(taken: String, refused: String) {
        #expect(error(of: taken) == nil)
        guard case .tooCostly = error(of: refused) else {
            Issue.record("\(refused) is \(String(describing: error(of: refused)))")
            return
        }
    }

    @Test(arguments: [
        "$2b$5$\(bcryptEnd)", "$2b$05$short", "$2b$05$\(bcryptEnd)$", "$2b$0x$\(bcryptEnd)",
        "$2b$05$\(bcryptEnd.dropLast())=", "$6$salt$short", "$6$rounds=$salt$\(key86)",
        "$6$rounds=05000$salt$\(key86)", "$6$$\(key86)", "$6$0123456789abcdef0$\(key86)",
        "$y$k9T$aaaaaa..$\(key43)", "$y$j.T$aaaaaa..$\(key43)", "$y$j9$aaaaaa..$\(key43)",
        "$y$j9T$aaaaa$\(key43)",
        "$y$j9T$aaaaaa9z$\(key43)x", "$argon2id$v=18$m=64,t=1,p=1$\(end)",
        "$argon2id$v=19$m=7,t=1,p=1$\(end)", "$argon2id$v=19$t=1,m=64,p=1$\(end)",
        "$argon2id$v=19$m=64,t=0,p=1$\(end)", "$argon2id$v=19$m=64,t=1,p=65$\(end)",
        "$argon2id$v=19$m=64,t=1,p=1$\(end)==", "$argon2id$v=19$m=64,t=1,p=1$c2hvcnQ$aaaa",
        "$scrypt$ln=0,r=8,p=1$\(end)", "$scrypt$ln=4,r=0,p=1$\(end)",
        "$scrypt$ln=16,r=1,p=1$\(end)", "scrypt$65536$saltsalt$1$1$\(end.dropFirst(17))",
        "$pbkdf2-sha256$0$\(end)", "$pbkdf2-sha256$-1$\(end)", "$pbkdf2-sha256$1,l=33$\(end)",
        "$pbkdf2-sha256$1000$$\(end)", "pbkdf2_sha256$1000$abc$\(end)", "scrypt$1000$salt$8$1$aaaa",
        "$6$a b$c", "$2b$05$\(bcryptEnd)\n",
    ])
    func `a text that is not what its form asks for is malformed`(text: String) {
        guard case .malformed = error(of: text) else {
            Issue.record("\(text) is \(String(describing: error(of: text)))")
            return
        }
    }

    @Test(arguments: [
        ("", "?"), ("plain", "?"), ("pass$word", "?"), ("$ecret$1", "?"), ("{secret}x", "?"),
        ("5f4dcc3b5aa765d61d8327deb882cf99", "?"),
        ("$1$salt$aaaa", "$1$"), ("$apr1$salt$aaaa", "$apr1$"),
        ("$argon2d$v=19$x$y$z", "$argon2d$"),
        ("$2x$05$\(bcryptEnd)", "$2x$"), ("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "{SHA}"),
        ("md5$salt$hash", "md5"), ("pbkdf2_sha512$1$a$b", "pbkdf2_sha512"), ("!", "?"),
        ("$" + String(repeating: "a", count: 25) + "$", "?"),
    ])
    func `another form is named, and nothing of the hash`(text: String, name: String) {
        #expect(error(of: text) == .unknown(name: name))
    }

    @Test func `a text without an end is refused`() {
        let text = "$2b$05$" + String(repeating: "a", count: 1 << 20)
        #expect(error(of: text) == .malformed(form: "$2b$"))
    }
}
