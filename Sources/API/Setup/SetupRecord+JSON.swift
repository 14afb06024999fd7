package import Auth
import JSON

extension SetupRecord {
    /// The content of `setup.json`: what was named, and nothing else.
    package var encoded: [UInt8] {
        var object = JSONObject()
        if let databaseName { object.add("databaseName", .string(databaseName)) }
        if let websiteURL { object.add("websiteUrl", .string(websiteURL.description)) }
        if let migrationType { object.add("migrationType", .string(migrationType.rawValue)) }
        if let retentionPeriod { object.add("retentionPeriod", .string(retentionPeriod.text)) }
        return object.encoded() + [UInt8(ascii: "\n")]
    }

    /// Reads the content of `setup.json`; nil when it is no JSON object, or a member is out of range.
    package init?(encoded bytes: [UInt8]) {
        guard case .object(let members) = try? JSONValue.decode(bytes) else { return nil }
        var isGood = true
        func value<Value>(_ name: String, _ read: (String) -> Value?) -> Value? {
            guard let member = members[name] else { return nil }
            guard case .string(let text) = member, let value = read(text) else {
                isGood = false
                return nil
            }
            return value
        }
        self.init(
            databaseName: value("databaseName") { DatabaseName.isValid($0) ? $0 : nil },
            websiteURL: value("websiteUrl") { Origin($0) },
            migrationType: value("migrationType", MigrationType.init),
            retentionPeriod: value("retentionPeriod") { Period.retention($0) })
        guard isGood else { return nil }
    }
}
