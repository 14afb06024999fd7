/// Settings to change; what is nil keeps its value.
public struct SettingsChange: Sendable, Equatable {
    /// Whether anybody but owner and administrators may sign in with a password.
    public var nativeSignin: Bool?
    /// Whether people may open accounts at all.
    public var register: Bool?
    /// Whether customers may open accounts.
    public var signup: Bool?
    /// Whether somebody who registers waits for approval.
    public var approval: Bool?
    /// Whether addresses have to be confirmed.
    public var requireEmailVerification: Bool?

    /// Where people find the site; decides where the links in mails lead.
    public var websiteURL = TextInput.absent
    /// Who runs schema migrations.
    public var migrationType = TextInput.absent
    /// How long history is kept.
    public var retentionPeriod = TextInput.absent
    /// What setup or a change stored of these and the configuration is to decide again.
    public var forgotten: Set<StoredSetting> = []
    /// The caller's password, which shows that they are there; one that is sent is always checked.
    public var password = TextInput.absent
    /// What could not be read; named together with everything else that is at fault.
    public var objections: [InvalidInput] = []

    /// What setup stores and can be changed later.
    public enum StoredSetting: String, Sendable, CaseIterable {
        case websiteURL = "websiteUrl"
        case migrationType
        case retentionPeriod
    }

    /// A change of nothing.
    public init() {}

    /// Whether it is about what setup stores, which is the owner's alone.
    var isOfSetup: Bool {
        !forgotten.isEmpty
            || [websiteURL, migrationType, retentionPeriod].contains { $0 != .absent }
    }

    /// Whether links in mails may lead elsewhere afterwards.
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

/// All settings, as they are after a change.
public struct ChangedSettings: Sendable, Equatable {
    /// What an administrator switched.
    public let settings: Settings
    /// What is stored; nil unless the change was about that.
    public let stored: SetupRecord?
}

extension SettingsService {
    /// Switches settings; holds for the next request of every thread.
    ///
    /// - Parameters:
    ///   - change: What is left out keeps its value.
    ///   - administrator: Who says so. What setup stores is the owner's, in person; the public origin
    ///     wants a fresh proof.
    ///   - client: Where the request comes from.
    /// - Returns: The settings as they are now.
    /// - Throws: `forbidden`, `apiKeyNotAllowed` for what is not theirs to change; `invalidInput`;
    ///   `reauthenticationRequired`, `wrongPassword`; `unauthenticated` when the account was closed
    ///   meanwhile; `tooManyRequests`, `overloaded`, `unavailable`.
    public func change(
        _ change: SettingsChange, by administrator: Administrator, from client: ClientContext
    ) throws(AuthError) -> ChangedSettings {
        try requireMayChange(change, administrator)
        var stored = StoredSettings(rules)
        stored.read(
            websiteURL: change.websiteURL, migrationType: change.migrationType,
            retentionPeriod: change.retentionPeriod)
        var objections = change.objections + stored.objections + objections(to: change, stored)
        let password = change.password.optional(as: "password", &objections)
        guard objections.isEmpty else { throw .invalidInput(objections) }
        let proof = try proof(of: administrator, for: change, password, from: client)
        let switchAll: @Sendable (any Transaction) throws(AuthError) -> Switch = {
            (transaction) throws(AuthError) in
            _ = try AdminPermission.of(administrator, in: transaction)
            // Read inside the transaction: two changes of different members both count.
            let old = try transaction.settings()
            let new = change.apply(to: old)
            if new != old { try transaction.save(new) }
            return Switch(old: old, new: new)
        }
        guard change.isOfSetup else {
            let made = try store.write(switchAll)
            context.note(made.old, became: made.new, by: administrator.author)
            return ChangedSettings(settings: made.new, stored: nil)
        }
        let (wanted, time) = (stored, now())
        let made = try store.reconfigure { (transaction, record) throws(AuthError) in
            if let proof {
                _ = try transaction.account(of: proof.caller, provenBy: proof.proof, at: time)
            }
            try AdminPermission.of(administrator, in: transaction).requireOwner()
            let old = record
            wanted.apply(to: &record, forgetting: change.forgotten)
            return (switched: try switchAll(transaction), old: old, new: record)
        }
        context.note(made.switched.old, became: made.switched.new, by: administrator.author)
        context.note(made.old, became: made.new, by: administrator.author)
        return ChangedSettings(settings: made.switched.new, stored: made.new)
    }

    /// The settings before and after a change.
    private struct Switch: Sendable {
        let old: Settings
        let new: Settings
    }

    /// Makes sure that the person is there, where links in mails may lead elsewhere afterwards.
    private func proof(
        of administrator: Administrator, for change: SettingsChange, _ password: String?,
        from client: ClientContext
    ) throws(AuthError) -> (caller: Caller, proof: FreshProof)? {
        guard case .caller(let caller) = administrator, change.isOfWebsite || password != nil,
            caller.session != nil
        else { return nil }
        return (caller, try context.freshProof(of: caller, password: password, from: client))
    }

    /// Refuses at once what is not somebody's to change; the transaction looks again.
    private func requireMayChange(
        _ change: SettingsChange, _ administrator: Administrator
    ) throws(AuthError) {
        guard case .caller(let caller) = administrator else { return }
        guard caller.account.role.administers else { throw .forbidden(.notAdministrator) }
        guard change.isOfSetup else { return }
        guard caller.session != nil else { throw .apiKeyNotAllowed }
        guard caller.account.role == .owner else { throw .forbidden(.notOwner) }
    }

    private func objections(
        to change: SettingsChange, _ stored: StoredSettings
    ) -> [InvalidInput] {
        var objections: [InvalidInput] = []
        if change.requireEmailVerification == true, !mail.isEnabled {
            objections.append(
                InvalidInput(
                    "requireEmailVerification", "needs a mail.transport in the configuration"))
        }
        switch rules.website {
        case .fixed(let origin):
            guard let wanted = stored.websiteURL, wanted != origin else { break }
            objections.append(
                InvalidInput(
                    "websiteUrl",
                    """
                    is \(origin) by LUNAUTH_WEBSITEURL in the environment of the server, which would win \
                    over \(wanted) in setup.json
                    """))
        case .configured(let origin):
            guard change.forgotten.contains(.websiteURL),
                let objection = StoredSettings.objection(to: origin, rules)
            else { break }
            objections.append(
                InvalidInput("websiteUrl", "\(objection), and \(origin) is configured"))
        }
        return objections
    }
}
