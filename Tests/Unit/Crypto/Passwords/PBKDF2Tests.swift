import Testing

@testable import Crypto

@Suite struct PBKDF2Tests {
    private static let both = [PBKDF2(.blockFunction), PBKDF2(.reference)]

    /// RFC 7914 §11; the first of the two blocks printed there.
    @Test(arguments: both)
    func `the published passwords give the published keys`(pbkdf2: PBKDF2) throws {
        let one = pbkdf2.derive(
            password: Array("passwd".utf8), salt: Array("salt".utf8), iterations: 1)
        #expect(
            Hex.encode(one.bytes)
                == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
        let many = pbkdf2.derive(
            password: Array("Password".utf8), salt: Array("NaCl".utf8), iterations: 80_000)
        #expect(
            Hex.encode(many.bytes)
                == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")
    }

    @Test func `ten thousand random inputs agree with OpenSSL`() {
        let fast = PBKDF2(.blockFunction)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let password = Random.bytes(Int.random(in: 0...200, using: &generator))
            let salt = Random.bytes(Int.random(in: 0...64, using: &generator))
            let iterations = Int.random(in: 1...4, using: &generator)
            let key = fast.derive(password: password, salt: salt, iterations: iterations)
            let expected = PBKDF2.reference(password: password, salt: salt, iterations: iterations)
            guard key == expected else {
                Issue.record("\(password) \(salt) \(iterations)")
                return
            }
        }
    }

    @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000])
    func `every length around a block agrees with OpenSSL`(count: Int) {
        let long = [UInt8](repeating: 0xE9, count: count)
        for (password, salt) in [(long, [1, 2, 3]), ([1, 2, 3], long), (long, long)] {
            #expect(
                PBKDF2(.blockFunction).derive(password: password, salt: salt, iterations: 3)
                    == PBKDF2.reference(password: password, salt: salt, iterations: 3))
        }
    }

    @Test func `the password, the salt and the count all matter`() {
        let fast = PBKDF2(.blockFunction)
        let key = fast.derive(password: [1], salt: [2], iterations: 3)
        #expect(key == fast.derive(password: [1], salt: [2], iterations: 3))
        #expect(key != fast.derive(password: [2], salt: [2], iterations: 3))
        #expect(key != fast.derive(password: [1], salt: [1], iterations: 3))
        #expect(key != fast.derive(password: [1], salt: [2], iterations: 4))
    }

    @Test func `the self-test passes and the fast way is chosen`() {
        #expect(PBKDF2.selfTest())
        #expect(PBKDF2.selected() == PBKDF2(.blockFunction))
    }

    @Test func `OpenSSL's own implementation is used when selected`() {
        let slow = PBKDF2(.reference)
        #expect(slow.implementation == .reference)
        #expect(
            slow.derive(password: [1], salt: [2], iterations: 5)
                == PBKDF2.reference(password: [1], salt: [2], iterations: 5))
    }

    @Test func `a count of zero stops instead of giving a weak key`() async {
        await #expect(processExitsWith: .failure) {
            _ = PBKDF2(.blockFunction).derive(password: [1], salt: [2], iterations: 0)
        }
    }
}
