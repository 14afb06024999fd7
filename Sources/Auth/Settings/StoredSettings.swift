/// The stored settings of a request.
struct StoredSettings: Sendable {
    /// The public origin; nil when it is absent.
    private(set) var websiteURL: Origin?
    /// When schema migrations run; nil when it is absent.
    private(set) var migrationType: SetupRecord.MigrationType?
    /// How long history is kept; nil when it is absent.
    private(set) var retentionPeriod: Period?
    /// The errors of the inputs.
    private(set) var objections: [InvalidInput] = []

    private let rules: AuthService.Rules

    /// Creates empty settings.
    init(_ rules: AuthService.Rules) {
        self.rules = rules
    }

    /// Reads the inputs; the result is valid only without objections.
    mutating func read(
        websiteURL: TextInput, migrationType: TextInput, retentionPeriod: TextInput
    ) {
        self.websiteURL = origin(websiteURL)
        self.migrationType = migration(migrationType)
        self.retentionPeriod = period(retentionPeriod)
    }

    /// The rule that an origin of the site breaks; nil when it is acceptable.
    static func objection(
        to origin: Origin, _ rules: AuthService.Rules
    ) -> InvalidInput.Rule? {
        if rules.needsSecureWebsite && !origin.isSecure {
            return .insecureOrigin
        }
        if let domain = rules.websiteDomain, !origin.isWithin(domain: domain) {
            return .originOutside(domain: domain)
        }
        if let host = rules.passkeyRelyingPartyID, !origin.isWithin(domain: host) {
            return .originOutsidePasskeys(of: host)
        }
        return nil
    }

    /// Writes the settings into a record, and removes those for which the configuration applies again.
    func apply(
        to record: inout SetupRecord, forgetting forgotten: Set<SettingsChange.StoredSetting>
    ) {
        for setting in forgotten {
            switch setting {
            case .websiteURL: record.websiteURL = nil
            case .migrationType: record.migrationType = nil
            case .retentionPeriod: record.retentionPeriod = nil
            }
        }
        record.websiteURL = websiteURL ?? record.websiteURL
        record.migrationType = migrationType ?? record.migrationType
        record.retentionPeriod = retentionPeriod ?? record.retentionPeriod
    }

    private mutating func object(_ field: String, _ rule: InvalidInput.Rule) {
        objections.append(InvalidInput(field, rule))
    }

    private mutating func origin(_ input: TextInput) -> Origin? {
        guard let text = input.optional(as: "websiteUrl", &objections) else { return nil }
        guard let origin = Origin(text) else {
            object("websiteUrl", .notOrigin)
            return nil
        }
        if let objection = Self.objection(to: origin, rules) { object("websiteUrl", objection) }
        return origin
    }

    private mutating func migration(_ input: TextInput) -> SetupRecord.MigrationType? {
        guard let text = input.optional(as: "migrationType", &objections) else { return nil }
        if let type = SetupRecord.MigrationType(rawValue: text) { return type }
        object("migrationType", .neither("automatic", "manual"))
        return nil
    }

    private mutating func period(_ input: TextInput) -> Period? {
        guard let text = input.optional(as: "retentionPeriod", &objections) else { return nil }
        if let period = Period.retention(text) { return period }
        object("retentionPeriod", .notRetentionPeriod)
        return nil
    }
}
