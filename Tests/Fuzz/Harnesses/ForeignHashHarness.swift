import ForeignPasswords

/// A hash of another system has one canonical text, which names nothing that a store cannot keep.
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
    }
}
