/// yescrypt in the form of crypt(5): `$y$<parameters>$<salt>$<key>`.
struct YescryptHash: ForeignMethod {
    /// The most memory that a hash may ask for, in bytes; libxcrypt's default takes 16 MiB.
    static let maximumMemory = 256 << 20
    private static let form = "yescrypt"
    private static let saltBounds = 6...86
    private static let keyCount = 43
    /// The symbol of the flavour that libxcrypt makes (YESCRYPT_DEFAULTS).
    private static let flavour = UInt8(ascii: "j")
    /// Values below are written as one symbol.
    private static let oneSymbol = 48

    private let parameters: Substring
    private let salt: Substring
    private let key: Substring

    /// Reads a hash.
    ///
    /// The parameters have to be three symbols: flavour, the logarithm of N, and r, both less one. Others, with
    /// parallelism or more time than memory, no crypt(3) makes.
    init(_ fields: HashFields) throws(ForeignHashError) {
        let symbols = Array(fields[2].utf8)
        guard fields.count == 5, symbols.count == 3, symbols[0] == Self.flavour,
            let logN = CryptText.value(of: symbols[1]), let r = CryptText.value(of: symbols[2]),
            (1..<Self.oneSymbol).contains(logN), r < Self.oneSymbol,
            Self.saltBounds.contains(fields[3].utf8.count), CryptText.isBytes(fields[3]),
            fields[4].utf8.count == Self.keyCount, fields[4].utf8.allSatisfy(\.isCryptSymbol)
        else { throw .malformed(form: Self.form) }
        // At most 2^48 * 48 * 128: no overflow.
        guard 128 * (r + 1) << (logN + 1) <= Self.maximumMemory else {
            throw .tooCostly(form: Self.form, limit: "\(Self.maximumMemory >> 20) MiB of memory")
        }
        self.init(parameters: fields[2], salt: fields[3], key: fields[4])
    }

    private init(parameters: Substring, salt: Substring, key: Substring) {
        self.parameters = parameters
        self.salt = salt
        self.key = key
    }

    var form: String { Self.form }
    var cost: String { "\(parameters)" }
    var setting: String { "$y$\(parameters)$\(salt)" }
    var text: String { "\(setting)$\(key)" }

    var decoy: YescryptHash {
        YescryptHash(
            parameters: parameters, salt: CryptText.random(22),
            key: CryptText.random(Self.keyCount))
    }

    func matches(_ password: [UInt8]) throws(ForeignHashFault) -> Bool {
        try CryptFunction.matches(password, setting: setting, key: key, form: form)
    }
}
