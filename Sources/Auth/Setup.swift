import Crypto

/// What somebody sent to set the server up.
public struct SetupRequest: Sendable {
    /// `basic` or `advanced`.
    public var type = TextInput.absent
    /// The owner's name.
    public var username = TextInput.absent
    /// The owner's email.
    public var email = TextInput.absent
    /// The owner's password.
    public var password = TextInput.absent
    /// The kind of database.
    public var databaseType = TextInput.absent
    /// The name of the database.
    public var databaseName = TextInput.absent
    /// The public origin.
    public var websiteURL = TextInput.absent
    /// Who runs schema migrations.
    public var migrationType = TextInput.absent
    /// How long history is kept.
    public var retentionPeriod = TextInput.absent

    /// A request that leaves everything out.
    public init() {}
}

extension AuthService {
    /// Refuses when setup is done.
    ///
    /// - Throws: `alreadySetUp`.
    public func requireNotSetUp() throws(AuthError) {
        guard !store.state.hasOwner else { throw .alreadySetUp }
    }

    /// Makes the owner, and moves the server to the database the request names.
    ///
    /// - Parameters:
    ///   - request: As it was sent.
    ///   - client: Where the request comes from.
    /// - Returns: The owner, signed in.
    /// - Throws: `invalidInput`, `emailTaken`, `alreadySetUp`, `databaseInUse`; `tooManyRequests`,
    ///   `overloaded`, `unavailable`. Of several at once exactly one succeeds.
    public func setUp(
        _ request: SetupRequest, from client: ClientContext
    ) throws(AuthError) -> SignedIn {
        var form = SetupForm(request, rules)
        let record = form.record(databaseInUse: store.databaseName, website: websiteURL)
        let applicant = try applicant(
            email: request.email, password: request.password, name: .username(request.username),
            others: form.objections)
        let owner = newAccount(applicant, role: .owner, tier: .free, status: .active)
        let hash = try newHash(applicant, from: client)
        let new = newSession(of: owner.id)
        try store.setUp(
            record, owner: owner, passwordHash: hash, session: new.session,
            from: client)
        return signedIn(owner, by: new, knowing: hash, from: client)
    }
}

/// Checks the members of a setup request that are not about the owner, collecting what is wrong.
private struct SetupForm {
    private let request: SetupRequest
    private let rules: AuthService.Rules
    private(set) var objections: [InvalidInput] = []

    init(_ request: SetupRequest, _ rules: AuthService.Rules) {
        self.request = request
        self.rules = rules
    }

    /// The record the request asks for; only good when there are no objections.
    mutating func record(databaseInUse: String, website: Origin) -> SetupRecord {
        let isAdvanced = isAdvanced()
        checkDatabaseType()
        return SetupRecord(
            databaseName: databaseName(inUse: databaseInUse),
            websiteURL: websiteURL(isRequired: isAdvanced) ?? website,
            migrationType: migrationType(),
            retentionPeriod: retentionPeriod(isRequired: isAdvanced))
    }

    private mutating func object(_ field: String, _ message: String) {
        objections.append(InvalidInput(field, message))
    }

    private mutating func isAdvanced() -> Bool {
        switch request.type.optional(as: "type", &objections) {
        case nil, "basic": return false
        case "advanced": return true
        default:
            object("type", "must be basic or advanced")
            return false
        }
    }

    private mutating func checkDatabaseType() {
        guard let type = request.databaseType.optional(as: "databaseType", &objections),
            !["sqlite", "better-sqlite3"].contains(type)
        else { return }
        object("databaseType", "is not supported; supported: sqlite (alias better-sqlite3)")
    }

    private mutating func databaseName(inUse: String) -> String {
        guard let name = request.databaseName.optional(as: "databaseName", &objections) else {
            return inUse
        }
        guard DatabaseName.isValid(name) else {
            object("databaseName", "must have 1 to 64 letters, digits, _ or -")
            return inUse
        }
        if let fixed = rules.fixedDatabaseName, fixed != name {
            object("databaseName", "is fixed to \(fixed) by the environment of the server")
        }
        return name
    }

    private mutating func websiteURL(isRequired: Bool) -> Origin? {
        let input = request.websiteURL
        let text =
            isRequired
            ? input.required(as: "websiteUrl", &objections)
            : input.optional(as: "websiteUrl", &objections)
        guard let text else { return nil }
        guard let origin = Origin(text) else {
            object("websiteUrl", "must be http:// or https://, a host and at most a port")
            return nil
        }
        if rules.needsSecureWebsite && !origin.isSecure {
            object("websiteUrl", "must be https: browsers refuse the configured cookie without it")
        }
        if let domain = rules.websiteDomain, !origin.isWithin(domain: domain) {
            object("websiteUrl", "must be in \(domain), which the configured cookie is for")
        }
        return origin
    }

    private mutating func migrationType() -> SetupRecord.MigrationType {
        guard let text = request.migrationType.optional(as: "migrationType", &objections) else {
            return .automatic
        }
        guard let type = SetupRecord.MigrationType(rawValue: text) else {
            object("migrationType", "must be automatic or manual")
            return .automatic
        }
        return type
    }

    private mutating func retentionPeriod(isRequired: Bool) -> RetentionPeriod {
        let input = request.retentionPeriod
        let text =
            isRequired
            ? input.required(as: "retentionPeriod", &objections)
            : input.optional(as: "retentionPeriod", &objections)
        guard let text else { return .standard }
        guard let period = RetentionPeriod(text) else {
            object(
                "retentionPeriod",
                "must be 1 to 4 digits and one of h, d, w, m, y, from 6 hours to 100 years")
            return .standard
        }
        return period
    }
}
