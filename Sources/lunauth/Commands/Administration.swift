import ArgumentParser
import Auth
import Crypto
import StoreSupport

/// Runs the domain's verbs for one command, on the database of the server.
enum Administration {
    /// Finds the server.
    ///
    /// - Parameters:
    ///   - options: The options of the command line.
    ///   - need: What is wanted of it.
    /// - Returns: Its configuration.
    /// - Throws: The way out.
    static func load(
        _ options: ConfigurationOptions, for need: ServerNeed = .existing
    ) throws -> LoadedConfiguration {
        do {
            return try options.load(for: need)
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    /// Finds the server, opens its store, does the work and closes the store.
    static func run(
        _ options: ConfigurationOptions, _ work: (AuthService) throws -> Void
    ) throws {
        try run(load(options), work)
    }

    /// Changes an account, and prints the result.
    ///
    /// - Parameters:
    ///   - options: The options of the command line that find the server.
    ///   - sentence: What is printed after the email.
    ///   - work: Changes the account; nil when there is none.
    /// - Throws: The way out.
    static func change(
        _ options: ConfigurationOptions, _ sentence: String,
        _ work: (AuthService) throws -> Account?
    ) throws {
        try run(options) { service in try report(work(service), sentence) }
    }

    /// Opens the store of a server, does the work and closes the store.
    ///
    /// - Parameters:
    ///   - loaded: The configuration of the server.
    ///   - makesDatabase: Whether directory and database are made where there are none.
    ///   - keys: The secret keys, if they are not simply those of the server.
    ///   - work: What the command does.
    /// - Throws: The way out.
    static func run(
        _ loaded: LoadedConfiguration, makingDatabase makesDatabase: Bool = false,
        with keys: SecretKeys? = nil, _ work: (AuthService) throws -> Void
    ) throws {
        do {
            let keys = keys ?? SecretKeys(loaded)
            if makesDatabase {
                try DataDirectory.make(loaded.values.dataDirectory)
                // What is done to a new database is recorded in it, under keys that this one wraps.
                try keys.makeIfMissing()
            }
            let storage = try loaded.openStorage(StorageUse(makesDatabase: makesDatabase))
            defer { storage.close() }
            try keys.attach(storage.secretKeyTable)
            let iterations = loaded.values.password.iterations
            let mail = loaded.values.mail
            let sealingKeys = MailEncryptionKeys(
                mail.transport == .none
                    ? [] : try keys.sealingKeys(at: WallClock.now()))
            let vault = FactorVault(try keys.wrappingKeys())
            let throttle = Throttle(
                isEnabled: false,
                onRefusedMail: { StandardError.write("lunauth: \($0)\n") }, now: { 0 })
            let service = AuthService(
                store: storage.store(mayWait: true),
                passwords: PasswordHasher(
                    iterations: iterations, function: PBKDF2.selected(), gate: OpenGate()),
                tokens: TokenAuthority(TokenKeys(try KeyRing(current: Secret.random()))),
                throttle: throttle, mail: mail.writer(sealingKeys, within: throttle),
                vault: vault, recorder: EventRecorder(vault: vault), rules: loaded.rules,
                now: WallClock.now)
            service.begin(forOperator: SystemUser.present)
            defer { OperatorLog.record(service, storage, of: loaded) }
            try work(service)
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    /// Opens the store of a server for the secret keys that its daemons share, and closes it.
    ///
    /// - Parameters:
    ///   - loaded: The configuration of the server.
    ///   - work: What is done to them; not called where a file has the key.
    /// - Throws: What the store throws, and `work`.
    static func withSecretKeys(
        _ loaded: LoadedConfiguration, _ work: (any SecretKeyTable) throws -> Void
    ) throws {
        let storage = try loaded.openStorage(StorageUse())
        defer { storage.close() }
        if let table = storage.secretKeyTable { try work(table) }
    }

    /// Prints what happened to an account.
    static func report(_ account: Account?, _ sentence: String) throws {
        guard let account else { throw ExitStatus.failure.fail("no account has this email") }
        try StandardOutput.line("\(account.email) \(sentence)")
    }
}

/// One command derives one key, so there is no queue.
private struct OpenGate: HashingGate {
    func withTurn<Value>(_ work: () -> Value) throws(AuthError) -> Value { work() }
}
