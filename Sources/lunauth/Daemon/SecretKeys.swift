import Auth
import Bytes
import Crypto
import Glibc
import System
import SQLiteStore

/// Why there is no usable secret key.
enum SecretKeyError: Error, CustomStringConvertible {
    /// No server has made one yet.
    case missing(path: String)
    /// Not 64 hexadecimal digits.
    case malformed(source: String)
    /// The file's mode lets others read it.
    case readableByOthers(path: String, mode: UInt32)
    /// The operator hands the key over, so a file in the data directory would change nothing.
    case fixed(source: ConfigurationSource)
    /// The second factors of the database are sealed under another key.
    case doesNotFit(source: String)
    /// The keys that the daemons of the database share are sealed under another key.
    case doesNotOpen(source: String)
    /// Another rotation ran at the same time.
    case contended
    /// The file cannot be read or written.
    case file(FileError)
    /// OpenSSL cannot derive from it.
    case crypto(CryptoError)

    /// For standard error; never the key.
    var description: String {
        switch self {
        case .missing(let path): "\(path) does not exist; the first start of the server makes it"
        case .malformed(let source): "\(source) is not 64 hexadecimal digits"
        case .readableByOthers(let path, let mode):
            "\(path): found mode 0\(String(mode, radix: 8)), which lets others read it, expected 0600"
        case .fixed(let source):
            "the secret key comes from \(source); change it there and restart the server"
        case .doesNotFit(let source):
            """
            second factors and passkeys in the database are sealed under another key than \(source): put that \
            key back, or wrap them under this one (`lunauth secret rotate --from FILE`, with the former key in \
            FILE); if it is lost, `lunauth backup FILE` and `lunauth restore --reset-factors FILE` remove them
            """
        case .doesNotOpen(let source):
            """
            the daemons of this database share keys that are sealed under another key than \(source): give this \
            one the secret key of the others; where they all are to have another one, give it to them together \
            with the former one (LUNAUTH_FORMER_SECRET_KEY)
            """
        case .contended: "another rotation ran at the same time; nothing was changed, try again"
        case .file(let error): "\(error)"
        case .crypto(let error): "OpenSSL: \(error)"
        }
    }
}

/// The secret keys of a server: `secret.key`, and those it replaced, which verify for one token
/// lifetime.
struct SecretKeys: Sendable {
    private let directory: String
    let tokenLifetime: Int64
    /// The key that the operator hands over instead of a file in the data directory.
    private let given: GivenSecrets.Given?
    /// A key of another place that came before all of these; it opens as they do.
    private var former: Secret?
    /// The key before the present one, as daemons are given it; it opens, and verifies nothing.
    private let givenFormer: GivenSecrets.Given?
    /// What daemons of one database share instead of `secret.key`.
    let shared = SharedSecretKeys()

    private static let retiredPrefix = "secret.key.retired-"

    /// The keys of the server with this configuration.
    init(_ loaded: LoadedConfiguration) {
        directory = loaded.values.dataDirectory
        tokenLifetime = Int64(loaded.values.token.lifetimeSeconds)
        given = loaded.layers.secrets[.secretKey]
        givenFormer = loaded.layers.secrets[.formerSecretKey]
    }

    /// The same keys, and one before them that a file elsewhere has, in the form of `secret.key`.
    func adding(formerFrom file: String) throws(SecretKeyError) -> SecretKeys {
        guard let secret = try secret(in: file) else {
            throw .file(.io(path: file, detail: "there is no such file"))
        }
        var keys = self
        keys.former = secret
        return keys
    }

    /// Where the current key comes from, for messages.
    var source: String { given.map { "\($0.source)" } ?? path }

    /// Requires that second factors can be opened.
    ///
    /// - Parameter record: The wrapped key that seals them; nil where there are none.
    /// - Throws: `doesNotFit`.
    func requireFit(_ record: [UInt8]?) throws {
        guard let record, try !FactorVault(wrappingKeys()).opens(record) else { return }
        throw SecretKeyError.doesNotFit(source: source)
    }

    private var path: String { "\(directory)/secret.key" }

    /// Makes the key where there is none; of two processes at once, both go on with the same one.
    func makeIfMissing() throws(SecretKeyError) {
        guard given == nil, try secret(in: path) == nil else { return }
        var digits = Self.newDigits()
        defer { wipe(&digits) }
        do {
            _ = try DurableFile.make(path, holding: digits)
        } catch {
            throw .file(error)
        }
    }

    /// Finds what would keep a server from starting with the key; makes none.
    ///
    /// - Returns: What an operator should know of a key that is there.
    func check() throws(SecretKeyError) -> [String] {
        let secret: Secret
        do throws(SecretKeyError) {
            secret = try currentSecret()
        } catch .missing {
            return []
        }
        guard secret.isPattern else { return [] }
        return [
            "the secret key (\(source)) is a pattern that can be guessed: "
                + "replace it by 32 random bytes (openssl rand -hex 32)"
        ]
    }

    /// The keys that tokens are signed and verified with now.
    func ring(at time: Timestamp) throws(SecretKeyError) -> KeyRing {
        var keys: [Secret] = []
        for secret in try secrets(at: time) { keys.append(try tokenKey(of: secret)) }
        let current = keys.removeFirst()
        do {
            return try KeyRing(current: current, previous: keys)
        } catch {
            throw .crypto(error)
        }
    }

    /// The keys that mails are sealed with while they wait, the current one first.
    func sealingKeys(at time: Timestamp) throws(SecretKeyError) -> [Secret] {
        var keys: [Secret] = []
        for secret in try secrets(at: time) { keys.append(try purposeKey("mail", of: secret)) }
        return keys
    }

    /// The keys that wrap the data key of factors, the current one first.
    ///
    /// Those that were replaced count as long as their files are there: no factor could be proven any more if one
    /// went before the data key was wrapped again.
    /// - Returns: The keys; none before the first start of the server made `secret.key`.
    func wrappingKeys() throws(SecretKeyError) -> [Secret] {
        let secrets: [Secret]
        do throws(SecretKeyError) {
            secrets = try openingSecrets()
        } catch .missing {
            return []
        }
        var keys: [Secret] = []
        for secret in secrets { keys.append(try purposeKey("factors", of: secret)) }
        return keys
    }

    /// The secrets that open what was sealed, the current one first.
    func openingSecrets() throws(SecretKeyError) -> [Secret] {
        let secrets = try secrets(after: Timestamp(milliseconds: 0))
        guard let givenFormer else { return secrets }
        return secrets + [try parse(givenFormer.text.utf8, from: "\(givenFormer.source)")]
    }

    /// The keys that device cookies are signed with, the current one first.
    func deviceKeys(at time: Timestamp) throws(SecretKeyError) -> [Secret] {
        var keys: [Secret] = []
        for secret in try secrets(at: time) { keys.append(try purposeKey("device", of: secret)) }
        return keys
    }

    /// The key of the probes that the doctor sends through the proxy.
    func probeKey() throws(SecretKeyError) -> Secret {
        try purposeKey("probe", of: currentSecret())
    }

    /// The key that failed logins are kept under.
    func failureKey() throws(SecretKeyError) -> Secret {
        try purposeKey("failures", of: currentSecret())
    }

    /// The key under which daemons tell each other what they used of limits.
    func limitKey() throws(SecretKeyError) -> Secret {
        try purposeKey("limits", of: currentSecret())
    }

    /// The JWT key as services want it that verify tokens.
    func encodedTokenKey() throws(SecretKeyError) -> String {
        let secrets = try secrets(at: WallClock.now())
        return try tokenKey(of: secrets[0]).withBytes { Base64URL.encode($0) }
    }

    /// Puts a new key in place of the current one, and removes those that verify nothing any more.
    func rotate(at time: Timestamp) throws(SecretKeyError) {
        try requireFile()
        guard var old = try digits(in: path) else { throw .missing(path: path) }
        defer { wipe(&old) }
        _ = try parse(old, from: path)
        let live = try retired(after: time.adding(seconds: -tokenLifetime))
        for name in try retired(after: Timestamp(milliseconds: 0)) where !live.contains(name) {
            unsafe unlink("\(directory)/\(name)")
        }
        // First the old one is kept, then the new one takes its place: a crash between the two
        // leaves one key under two names, which is harmless.
        try write(old, to: "\(directory)/\(Self.retiredPrefix)\(time.milliseconds)")
        var new = Self.newDigits()
        defer { wipe(&new) }
        try write(new, to: path)
    }

    /// Makes sure that the key is a file of the data directory, which can be replaced.
    ///
    /// - Throws: `fixed`.
    func requireFile() throws(SecretKeyError) {
        if let given { throw .fixed(source: given.source) }
    }

    /// Removes all keys that were replaced: they verify and open nothing any more.
    func removeRetired() throws(SecretKeyError) {
        for name in try retired(after: Timestamp(milliseconds: 0)) {
            do {
                try DurableFile.remove("\(directory)/\(name)")
            } catch {
                throw .file(error)
            }
        }
    }

    /// What changes when the keys do: names and times of their files, which the operator hands over
    /// instead; and the keys that daemons share.
    ///
    /// - Throws: `file` when they cannot be looked at.
    func fingerprint(at time: Timestamp) throws(SecretKeyError) -> [String] {
        let shared = shared.inUse(at: time, lifetime: tokenLifetime).map { "shared \($0.number)" }
        guard given == nil else { return shared }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .file(.io(path: path, detail: SystemError("stat", code: errno).description))
        }
        return ["\(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"]
            + (try retired(after: time.adding(seconds: -tokenLifetime))) + shared
    }

    /// The secret that signs, and those it replaced that are still of use.
    private func secrets(at time: Timestamp) throws(SecretKeyError) -> [Secret] {
        let own = try secrets(after: time.adding(seconds: -tokenLifetime))
        let shared = shared.inUse(at: time, lifetime: tokenLifetime)
        // The first of the shared ones is the secret key itself.
        return shared.isEmpty ? own : shared.map(\.secret) + own.dropFirst()
    }

    /// The current secret, and those that were replaced after a time, oldest first.
    private func secrets(after time: Timestamp) throws(SecretKeyError) -> [Secret] {
        var secrets = [try currentSecret()]
        for name in try retired(after: time) {
            guard let secret = try secret(in: "\(directory)/\(name)") else { continue }
            secrets.append(secret)
        }
        return secrets + [former].compactMap(\.self)
    }

    /// The secret key, which seals what is kept.
    func currentSecret() throws(SecretKeyError) -> Secret {
        if let given { return try parse(given.text.utf8, from: "\(given.source)") }
        guard let secret = try secret(in: path) else { throw .missing(path: path) }
        return secret
    }

    private func tokenKey(of secret: Secret) throws(SecretKeyError) -> Secret {
        try purposeKey("jwt", of: secret)
    }

    /// The key of one purpose, derived.
    func purposeKey(
        _ label: String, of secret: Secret
    ) throws(SecretKeyError) -> Secret {
        do {
            return try HKDF.derive(secret: secret, label: label)
        } catch {
            throw .crypto(error)
        }
    }

    private func parse(
        _ text: some BidirectionalCollection<UInt8>, from source: String
    ) throws(SecretKeyError) -> Secret {
        let digits = text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...]
        guard digits.count == 64, let secret = Secret(hex: digits) else {
            throw .malformed(source: source)
        }
        return secret
    }

    /// The secret in a file, whose digits stay nowhere in memory; nil when there is no such file.
    private func secret(in path: String) throws(SecretKeyError) -> Secret? {
        guard var digits = try digits(in: path) else { return nil }
        defer { wipe(&digits) }
        return try parse(digits, from: path)
    }

    /// What is in a file, for the caller to wipe; nil when there is no such file.
    private func digits(in path: String) throws(SecretKeyError) -> [UInt8]? {
        let contents: RegularFile.Contents?
        do {
            contents = try RegularFile.read(path, limit: 1_024)
        } catch {
            throw .file(.io(path: path, detail: error.description))
        }
        guard let contents else { return nil }
        guard contents.mode & 0o077 == 0 else {
            throw .readableByOthers(path: path, mode: contents.mode)
        }
        return contents.bytes
    }

    private func write(_ digits: [UInt8], to path: String) throws(SecretKeyError) {
        do {
            try DurableFile.write(digits, to: path, mode: 0o600)
        } catch {
            throw .file(error)
        }
    }

    /// The digits of a random key and a line feed, for the caller to wipe.
    private static func newDigits() -> [UInt8] {
        var key = Random.bytes(32)
        defer { wipe(&key) }
        var line: [UInt8] = []
        line.reserveCapacity(2 * key.count + 1)
        Hex.append(key, to: &line)
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The files of keys that were replaced after a time, oldest first.
    private func retired(after time: Timestamp) throws(SecretKeyError) -> [String] {
        // A check before the first start of a daemon whose key is given finds no directory.
        guard Path.exists(directory) else { return [] }
        do {
            return try Directory.names(in: directory).filter { name in
                name.hasPrefix(Self.retiredPrefix)
                    && Int64(name.dropFirst(Self.retiredPrefix.count)) ?? 0 > time.milliseconds
            }.sorted()
        } catch {
            throw .file(.io(path: directory, detail: error.description))
        }
    }
}
