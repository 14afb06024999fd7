/// What the record and the log say of settings that change.
extension Transaction {
    /// Records settings that have other values: one event for all of them, none where there are none.
    ///
    /// - Throws: `unavailable`.
    func recordSettings(_ changes: [EventChange]) throws(AuthError) {
        guard !changes.isEmpty else { return }
        try record(.settingsChanged, of: nil, changes)
    }
}

extension Settings {
    /// The settings that have another value in others, each with both.
    func changes(to new: Settings) -> [EventChange] {
        EventChange.between(values, new.values)
    }

    private var values: [(name: EventChange.Name, value: String?)] {
        [
            (.nativeSignin, "\(nativeSignin)"), (.register, "\(register)"),
            (.signup, "\(signup)"), (.approval, "\(approval)"),
            (.requireEmailVerification, "\(requireEmailVerification)"),
            (.siteName, siteName), (.siteAccent, siteAccent), (.siteSupport, siteSupport),
        ]
    }
}

extension SetupRecord {
    /// What is stored otherwise in another record, each with both values; nil where nothing is stored.
    func changes(to new: SetupRecord) -> [EventChange] {
        EventChange.between(values, new.values)
    }

    private var values: [(name: EventChange.Name, value: String?)] {
        [
            (.databaseName, databaseName), (.websiteURL, websiteURL?.description),
            (.migrationType, migrationType?.rawValue), (.retentionPeriod, retentionPeriod?.text),
        ]
    }
}

extension EventChange {
    /// The differences of two lists with the same names.
    fileprivate static func between(
        _ old: [(name: EventChange.Name, value: String?)],
        _ new: [(name: EventChange.Name, value: String?)]
    ) -> [EventChange] {
        zip(old, new).filter { $0.value != $1.value }.map {
            EventChange($0.name, from: $0.value, to: $1.value)
        }
    }
}
