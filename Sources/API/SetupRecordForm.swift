public import Auth

extension SetupRecord {
    /// The content of `setup.json`.
    public var encoded: [UInt8] {
        var object = JSONObject()
        object.add("databaseName", .string(databaseName))
        object.add("websiteUrl", .string(websiteURL.description))
        object.add("migrationType", .string(migrationType.rawValue))
        object.add("retentionPeriod", .string(retentionPeriod.text))
        return object.encoded() + [UInt8(ascii: "\n")]
    }

    /// Reads the content of `setup.json`; nil when a member is missing or out of range.
    public init?(encoded bytes: [UInt8]) {
        guard case .object(let members) = try? JSON.decode(bytes),
            case .string(let name) = members["databaseName"], DatabaseName.isValid(name),
            case .string(let website) = members["websiteUrl"], let origin = Origin(website),
            case .string(let migration) = members["migrationType"],
            let migrationType = MigrationType(rawValue: migration),
            case .string(let retention) = members["retentionPeriod"],
            let retentionPeriod = RetentionPeriod(retention)
        else { return nil }
        self.init(
            databaseName: name, websiteURL: origin, migrationType: migrationType,
            retentionPeriod: retentionPeriod)
    }
}
