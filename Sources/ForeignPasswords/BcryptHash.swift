import Crypto

/// bcrypt, of which only the first 72 bytes of a password count.
struct BcryptHash: ForeignMethod {
    /// What is hashed in place of the password.
    enum Preparation: Sendable {
        /// The password itself.
        case asEntered
        /// Its SHA-256 in hexadecimal digits (Django's `bcrypt_sha256`).
        case djangoSHA256
        /// The base 64 of an HMAC-SHA-256 keyed with the salt (version 2 of passlib's `bcrypt-sha256`).
        case passlibSHA256
    }

    /// The costs that are computed: 14 takes about a second of a core.
    static let costBounds = 4...14
    private static let passwordBytes = 72
    private static let saltCount = 22
    private static let keyCount = 31

    private let preparation: Preparation
    private let variant: String
    private let rounds: Int
    private let salt: Substring
    private let key: Substring

    private init(
        _ preparation: Preparation, variant: String, rounds: Substring, salt: Substring,
        key: Substring
    ) throws(ForeignHashError) {
        let form = Self.form(preparation)
        guard ["2a", "2b", "2y"].contains(variant), rounds.utf8.count <= 2,
            let number = HashFields.decimal(rounds), salt.utf8.count == Self.saltCount,
            key.utf8.count == Self.keyCount, salt.utf8.allSatisfy(\.isCryptSymbol),
            key.utf8.allSatisfy(\.isCryptSymbol)
        else { throw .malformed(form: form) }
        guard Self.costBounds.contains(number) else {
            throw .tooCostly(
                form: form,
                limit: "cost \(Self.costBounds.lowerBound) to \(Self.costBounds.upperBound)")
        }
        self.preparation = preparation
        self.variant = variant
        self.rounds = number
        self.salt = salt
        self.key = key
    }

    /// Reads `$2b$12$<salt><key>`.
    init(_ fields: HashFields, prepared preparation: Preparation) throws(ForeignHashError) {
        guard fields.count == 4, fields[0].isEmpty, fields[2].utf8.count == 2 else {
            throw .malformed(form: Self.form(preparation))
        }
        try self.init(
            preparation, variant: String(fields[1]), rounds: fields[2],
            salt: fields[3].prefix(Self.saltCount), key: fields[3].dropFirst(Self.saltCount))
    }

    /// Reads `$bcrypt-sha256$v=2,t=2b,r=12$<salt>$<key>`.
    init(passlib fields: HashFields) throws(ForeignHashError) {
        let parts = fields[2].split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 5, parts.count == 3, parts[0] == "v=2", parts[1].hasPrefix("t="),
            parts[2].hasPrefix("r=")
        else { throw .malformed(form: Self.form(.passlibSHA256)) }
        try self.init(
            .passlibSHA256, variant: String(parts[1].dropFirst(2)), rounds: parts[2].dropFirst(2),
            salt: fields[3], key: fields[4])
    }

    private static func form(_ preparation: Preparation) -> String {
        switch preparation {
        case .asEntered: "bcrypt"
        case .djangoSHA256: "django-bcrypt-sha256"
        case .passlibSHA256: "bcrypt-sha256"
        }
    }

    var form: String { Self.form(preparation) }
    var cost: String { "\(rounds)" }

    /// The setting of crypt(3).
    private var cryptSetting: String { "$\(variant)$\(rounds < 10 ? "0" : "")\(rounds)$\(salt)" }

    var setting: String {
        switch preparation {
        case .asEntered: cryptSetting
        case .djangoSHA256: "bcrypt_sha256$\(cryptSetting)"
        case .passlibSHA256: "$bcrypt-sha256$v=2,t=\(variant),r=\(rounds)$\(salt)"
        }
    }

    var text: String { preparation == .passlibSHA256 ? "\(setting)$\(key)" : "\(setting)\(key)" }

    var decoy: BcryptHash {
        BcryptHash(
            self, salt: CryptText.random(Self.saltCount), key: CryptText.random(Self.keyCount))
    }

    private init(_ other: BcryptHash, salt: Substring, key: Substring) {
        (preparation, variant, rounds) = (other.preparation, other.variant, other.rounds)
        self.salt = salt
        self.key = key
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        // Compared without the salt, whose last symbol has unused bits that libxcrypt clears.
        try CryptFunction.matches(
            prepared(password), setting: cryptSetting, key: key, form: form,
            limit: Self.passwordBytes, isTruncating: true)
    }

    private func prepared(_ password: [UInt8]) -> [UInt8] {
        switch preparation {
        case .asEntered: return password
        case .djangoSHA256: return Array(Hex.encode(SHA256.digest(password).bytes).utf8)
        case .passlibSHA256:
            let code = HMACSHA256(key: Array(salt.utf8) as [UInt8]).code(for: password)
            return Array((Base64Text.encode(code.bytes) + "=").utf8)
        }
    }
}
