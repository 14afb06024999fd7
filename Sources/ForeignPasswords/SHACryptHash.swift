/// SHA-256-crypt and SHA-512-crypt, as glibc and libxcrypt compute them.
struct SHACryptHash: ForeignMethod {
    /// The hash function.
    enum Function: String, Sendable {
        case sha256 = "5"
        case sha512 = "6"

        fileprivate var form: String { self == .sha256 ? "sha256-crypt" : "sha512-crypt" }
        fileprivate var keyCount: Int { self == .sha256 ? 43 : 86 }
    }

    /// The rounds that are computed: a million take up to a second of a core.
    static let roundBounds = 1_000...1_000_000
    /// Bytes of a password that are hashed; a longer one matches no hash.
    ///
    /// Almost every round hashes all of them: with as many as libxcrypt takes a check would last twice as long.
    private static let passwordBytes = 256
    private static let defaultRounds = 5_000
    private static let saltBounds = 1...16

    private let function: Function
    /// Nil for the default, which the text does not name.
    private let rounds: Int?
    private let salt: Substring
    private let key: Substring

    /// Reads `$6$<salt>$<key>` or `$6$rounds=656000$<salt>$<key>`.
    init(_ function: Function, _ fields: HashFields) throws(ForeignHashError) {
        let hasRounds = fields[2].hasPrefix("rounds=")
        let rounds = hasRounds ? HashFields.number(fields[2].dropFirst("rounds=".count)) : nil
        let salt = fields[hasRounds ? 3 : 2]
        let key = fields[hasRounds ? 4 : 3]
        guard fields.count == (hasRounds ? 5 : 4), hasRounds == (rounds != nil),
            Self.saltBounds.contains(salt.utf8.count), salt.utf8.allSatisfy(\.isCryptSymbol),
            key.utf8.count == function.keyCount, key.utf8.allSatisfy(\.isCryptSymbol)
        else { throw .malformed(form: function.form) }
        guard Self.roundBounds.contains(rounds ?? Self.defaultRounds) else {
            throw .tooCostly(
                form: function.form,
                limit:
                    "\(Self.roundBounds.lowerBound) to \(Self.roundBounds.upperBound) rounds")
        }
        self.init(function, rounds: rounds, salt: salt, key: key)
    }

    private init(_ function: Function, rounds: Int?, salt: Substring, key: Substring) {
        self.function = function
        self.rounds = rounds
        self.salt = salt
        self.key = key
    }

    var form: String { function.form }
    /// Every third round hashes the salt, too.
    var cost: String { "\(rounds ?? Self.defaultRounds),\(salt.utf8.count)" }
    var setting: String {
        "$\(function.rawValue)$\(rounds.map { "rounds=\($0)$" } ?? "")\(salt)"
    }
    var text: String { "\(setting)$\(key)" }

    var decoy: SHACryptHash {
        SHACryptHash(
            function, rounds: rounds, salt: CryptText.random(salt.utf8.count),
            key: CryptText.random(function.keyCount))
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        try CryptFunction.matches(
            password, setting: setting, key: key, form: form, limit: Self.passwordBytes)
    }
}
