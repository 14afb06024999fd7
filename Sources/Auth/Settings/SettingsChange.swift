/// Settings to change; nil values are kept.
public struct SettingsChange: Sendable, Equatable {
    /// Whether members and customers may sign in with a password.
    public var nativeSignin: Bool?
    /// Whether people may create accounts at all.
    public var register: Bool?
    /// Whether customers may create accounts.
    public var signup: Bool?
    /// Whether a registered person waits for approval.
    public var approval: Bool?
    /// Whether addresses have to be confirmed.
    public var requireEmailVerification: Bool?

    /// The public origin of the site; links in mails lead there.
    public var websiteURL = TextInput.absent
    /// When schema migrations run.
    public var migrationType = TextInput.absent
    /// How long history is kept.
    public var retentionPeriod = TextInput.absent
    /// The name of the site.
    public var siteName = ClearableInput.absent
    /// The colour of the site.
    public var siteAccent = ClearableInput.absent
    /// Where people of the site get help.
    public var siteSupport = ClearableInput.absent
    /// The stored settings to remove, for which the configuration applies again.
    public var forgotten: Set<StoredSetting> = []
    /// The caller's password, as a recent authentication; one that is sent is always checked.
    public var password = TextInput.absent
    /// Inputs that could not be decoded; reported together with all others that are invalid.
    public var objections: [InvalidInput] = []

    /// The settings that setup stores and that can be changed later.
    public enum StoredSetting: String, Sendable, CaseIterable {
        case websiteURL = "websiteUrl"
        case migrationType
        case retentionPeriod
    }

    /// Creates an empty change.
    public init() {}

    /// Whether it includes settings that setup stores, which only the owner may change.
    var isOfSetup: Bool {
        !forgotten.isEmpty
            || [websiteURL, migrationType, retentionPeriod].contains { $0 != .absent }
    }

    /// Whether it may change where links in mails lead.
    var isOfWebsite: Bool { websiteURL != .absent || forgotten.contains(.websiteURL) }

    func apply(to settings: Settings) -> Settings {
        var changed = settings
        changed.nativeSignin = nativeSignin ?? settings.nativeSignin
        changed.register = register ?? settings.register
        changed.signup = signup ?? settings.signup
        changed.approval = approval ?? settings.approval
        changed.requireEmailVerification =
            requireEmailVerification ?? settings.requireEmailVerification
        return changed
    }
}

/// All settings after a change.
public struct ChangedSettings: Sendable, Equatable {
    /// The settings that administrators change.
    public let settings: Settings
    /// What the site looks like.
    public let site: SiteAppearance
    /// The stored settings; nil unless the change included them.
    public let stored: SetupRecord?
}

extension SettingsService {
    /// Changes settings, effective for the next request of every thread.
    ///
    /// - Parameters:
    ///   - change: Absent values are kept.
    ///   - administrator: The administrator. Stored settings and the appearance of the site need the
    ///     owner in person; the public origin needs a recent authentication, and so does everything of an
    ///     account with a second factor.
    ///   - client: The client of the request.
    /// - Returns: The changed settings.
    /// - Throws: `forbidden`, `apiKeyNotAllowed` for settings that the caller may not change;
    ///   `invalidInput`; `reauthenticationRequired`, `wrongPassword`; `unauthenticated` when the account
    ///   was disabled meanwhile; `tooManyRequests`, `overloaded`, `unavailable`.
    public func change(
        _ change: SettingsChange, by administrator: Administrator, from client: ClientContext
    ) throws(AuthError) -> ChangedSettings {
        let site = SiteChange(change, from: context.site, rules.site)
        let isOwners = change.isOfSetup || site.isRequested
        try requireMayChange(isOwners: isOwners, administrator)
        var stored = StoredSettings(rules)
        stored.read(
            websiteURL: change.websiteURL, migrationType: change.migrationType,
            retentionPeriod: change.retentionPeriod)
        var objections =
            change.objections + stored.objections + objections(to: change, stored)
            + site.objections
        let password = change.password.optional(as: "password", &objections)
        guard objections.isEmpty else { throw .invalidInput(objections) }
        let proof = try proof(of: administrator, for: change, password, from: client)
        let factor = try factor(of: administrator)
        let switchAll: @Sendable (any Transaction) throws(AuthError) -> Switch = {
            (transaction) throws(AuthError) in
            let permission = try AdminPermission.of(administrator, in: transaction)
            if isOwners { try permission.requireOwner() }
            if let factor { try transaction.require(factor) }
            // Read inside the transaction: concurrent changes of different settings are both kept.
            let old = try transaction.settings()
            var new = change.apply(to: old)
            site.apply(to: &new)
            if new != old { try transaction.save(new) }
            return Switch(new: new, changes: old.changes(to: new))
        }
        guard change.isOfSetup else {
            let made = try store.write { transaction throws(AuthError) in
                let made = try switchAll(transaction)
                try transaction.recordSettings(made.changes)
                return made
            }
            context.note(made.changes, by: administrator.author)
            return changed(made.new, stored: nil)
        }
        let wanted = stored
        let made = try context.setupStore.reconfigure { (transaction, record) throws(AuthError) in
            if let proof {
                _ = try transaction.account(of: proof.caller, provenBy: proof.proof)
            }
            var switched = try switchAll(transaction)
            let old = record
            wanted.apply(to: &record, forgetting: change.forgotten)
            switched.changes += old.changes(to: record)
            try transaction.recordSettings(switched.changes)
            return (switched: switched, stored: record)
        }
        context.note(made.switched.changes, by: administrator.author)
        return changed(made.switched.new, stored: made.stored)
    }

    private func changed(_ settings: Settings, stored: SetupRecord?) -> ChangedSettings {
        ChangedSettings(
            settings: settings, site: SiteAppearance(settings, rules.site), stored: stored)
    }

    /// The settings after a change, and what changed.
    private struct Switch: Sendable {
        let new: Settings
        var changes: [EventChange]
    }

    /// Requires a recent authentication if links in mails may lead elsewhere afterwards.
    private func proof(
        of administrator: Administrator, for change: SettingsChange, _ password: String?,
        from client: ClientContext
    ) throws(AuthError) -> (caller: Caller, proof: FreshProof)? {
        guard case .caller(let caller) = administrator, change.isOfWebsite || password != nil,
            caller.session != nil
        else { return nil }
        return (caller, try context.freshProof(of: caller, password: password, from: client))
    }

    /// Requires a recent proof of a second factor from a person who has one.
    private func factor(of administrator: Administrator) throws(AuthError) -> FreshFactor? {
        guard case .caller(let caller) = administrator, caller.session != nil else { return nil }
        return try context.freshFactor(of: caller)
    }

    /// Refuses early what the caller may not change; the transaction checks it again.
    private func requireMayChange(
        isOwners: Bool, _ administrator: Administrator
    ) throws(AuthError) {
        guard case .caller(let caller) = administrator else { return }
        guard caller.account.role.administers else { throw .forbidden(.notAdministrator) }
        guard isOwners else { return }
        guard caller.session != nil else { throw .apiKeyNotAllowed }
        guard caller.account.role == .owner else { throw .forbidden(.notOwner) }
    }

    private func objections(
        to change: SettingsChange, _ stored: StoredSettings
    ) -> [InvalidInput] {
        var objections: [InvalidInput] = []
        if change.requireEmailVerification == true, !mail.isEnabled {
            objections.append(
                InvalidInput("requireEmailVerification", .mailNotConfigured))
        }
        switch rules.website {
        case .fixed(let origin):
            guard let wanted = stored.websiteURL, wanted != origin else { break }
            objections.append(
                InvalidInput("websiteUrl", .originFixed(to: origin, wanted: wanted)))
        case .configured(let origin):
            guard change.forgotten.contains(.websiteURL),
                let objection = StoredSettings.objection(to: origin, rules)
            else { break }
            objections.append(
                InvalidInput(
                    "websiteUrl", .other("\(objection.message), and \(origin) is configured")))
        }
        return objections
    }
}
