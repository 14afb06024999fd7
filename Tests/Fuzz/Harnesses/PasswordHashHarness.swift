import Crypto

/// A PHC string has one form, and never more than the allowed iterations.
enum PasswordHashHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let text = String(decoding: input, as: UTF8.self)
        guard let hash = PasswordHash(phc: text) else { return }
        try check(hash.phc.utf8.elementsEqual(input), "\(hash.phc) was read from another text")
        try check(PasswordHash(phc: hash.phc) == hash, "another hash the second time")
        try check(
            PasswordHash.iterationBounds.contains(hash.iterations), "\(hash.iterations) iterations")
        try check(PasswordHash.saltBounds.contains(hash.salt.count), "a salt out of bounds")
        if hash.iterations <= 2_000 {
            _ = hash.matches(password: input, using: PBKDF2(.blockFunction))
        }
    }
}
