/// Validates the members of a setup request that are not about the owner, collecting errors.
struct SetupForm {
    private let request: SetupRequest
    private let rules: AuthService.Rules
    private(set) var objections: [InvalidInput] = []

    init(_ request: SetupRequest, _ rules: AuthService.Rules) {
        self.request = request
        self.rules = rules
    }

    /// The record of the request; valid only without objections.
    mutating func record() -> SetupRecord {
        if isAdvanced() {
            for (field, input) in [
                ("websiteUrl", request.websiteURL), ("retentionPeriod", request.retentionPeriod),
            ] where input == .absent {
                objections.append(.missing(field))
            }
        }
        checkDatabaseType()
        var settings = StoredSettings(rules)
        settings.read(
            websiteURL: request.websiteURL, migrationType: request.migrationType,
            retentionPeriod: request.retentionPeriod)
        let name = databaseName()
        objections += settings.objections
        return SetupRecord(
            databaseName: name, websiteURL: settings.websiteURL,
            migrationType: settings.migrationType, retentionPeriod: settings.retentionPeriod)
    }

    /// The appearance of the site that the request asks for; valid only without objections.
    mutating func site(_ present: SiteAppearance) -> SiteChange {
        var change = SettingsChange()
        change.siteName = request.siteName == .absent ? .absent : .given(request.siteName)
        let site = SiteChange(change, from: present, rules.site)
        objections += site.objections
        return site
    }

    private mutating func object(_ field: String, _ rule: InvalidInput.Rule) {
        objections.append(InvalidInput(field, rule))
    }

    private mutating func isAdvanced() -> Bool {
        switch request.type.optional(as: "type", &objections) {
        case nil, "basic": return false
        case "advanced": return true
        default:
            object("type", .neither("basic", "advanced"))
            return false
        }
    }

    private mutating func checkDatabaseType() {
        guard let type = request.databaseType.optional(as: "databaseType", &objections),
            type != rules.databaseKind.name, type != rules.databaseKind.alias
        else { return }
        object("databaseType", .unsupportedDatabase(inUse: rules.databaseKind))
    }

    private mutating func databaseName() -> String? {
        guard let name = request.databaseName.optional(as: "databaseName", &objections) else {
            return nil
        }
        guard DatabaseName.isValid(name) else {
            object("databaseName", .notDatabaseName)
            return nil
        }
        if let fixed = rules.fixedDatabaseName, fixed != name {
            object("databaseName", .databaseNameFixed(to: fixed))
        }
        // A database of a server is there already: the name is accepted and decides nothing.
        return rules.databaseKind == .sqlite ? name : nil
    }
}
