import ForeignPasswords

/// A hash of another system has one canonical text, which names nothing that a store cannot keep, and is
/// computed: a check that the library of its form refuses would be a fault of the server.
enum ForeignHashHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        guard let text = String(validating: input, as: UTF8.self),
            let hash = try? ForeignHash(text)
        else { return }
        guard let again = try? ForeignHash(hash.text) else {
            throw BrokenProperty("\(hash.form): its canonical text does not read back")
        }
        try check(again.text == hash.text, "\(hash.form): two canonical texts")
        try check(again.profile == hash.profile, "\(hash.form): two profiles")
        try check(hash.text.hasPrefix(hash.setting), "\(hash.form): a setting of another text")
        try check(!hash.profile.utf8.contains(UInt8(ascii: ":")), "\(hash.profile) has a colon")
        let decoy = hash.decoy()
        try check(decoy.profile == hash.profile, "\(hash.form): a decoy of another cost")
        try check((try? ForeignHash(decoy.text)) == decoy, "\(hash.form): a decoy that is no hash")
        guard isCheap(hash) else { return }
        let isRight: Bool
        do throws(ForeignHashFault) {
            isRight = try LibraryVerifier().verify(input, against: decoy)
        } catch {
            throw BrokenProperty("\(hash.text) cannot be computed")
        }
        try check(!isRight, "\(hash.form): a decoy that a password has")
    }

    /// Whether a check takes some milliseconds, by the numbers of the cost.
    private static func isCheap(_ hash: ForeignHash) -> Bool {
        let cost = hash.profile.dropFirst(hash.form.count + 1)
        let numbers = cost.split { !$0.isWholeNumber }.compactMap { Int($0) }
        return switch hash.form {
        case "bcrypt", "bcrypt-sha256", "django-bcrypt-sha256": numbers[0] <= 5
        case "argon2i", "argon2id": numbers[0] * numbers[1] <= 1 << 11
        case "scrypt": numbers[0] <= 16 && numbers[1] * numbers[2] <= 2
        // The second symbol is the logarithm of N.
        case "yescrypt": "./0123456".contains(cost.dropFirst().first ?? "z")
        default: numbers[0] <= 1_000
        }
    }
}
