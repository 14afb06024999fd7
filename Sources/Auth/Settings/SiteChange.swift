/// The change of the site's appearance that a request asks for, checked.
///
/// A value that is in effect already counts as absent: a client may send back what it read, whatever
/// its permissions are and whatever the configuration fixes.
struct SiteChange: Sendable {
    /// The errors of the inputs.
    private(set) var objections: [InvalidInput] = []
    /// The texts to store: nil keeps the present one, `.some(nil)` removes it.
    private var name: String??
    private var accent: String??
    private var support: String??

    /// Checks the inputs.
    ///
    /// - Parameters:
    ///   - change: As sent.
    ///   - present: The appearance now.
    ///   - rules: What the configuration fixes, and no request changes.
    init(_ change: SettingsChange, from present: SiteAppearance, _ rules: SiteRules) {
        name = text(
            of: change.siteName, as: "siteName", now: present.name, fixedIn: rules.name?.place,
            read: { SiteName($0) }, objection: { SiteName.objection(to: $0) })
        accent = text(
            of: change.siteAccent, as: "siteAccent", now: present.accent,
            fixedIn: rules.accent?.place,
            read: { SiteAccent($0) }, objection: { _ in .notAccent })
        support = text(
            of: change.siteSupport, as: "siteSupport", now: present.support,
            fixedIn: rules.support?.place,
            read: { SupportContact($0) }, objection: { _ in .notSupportContact })
    }

    /// Whether the request asks for another appearance, valid or not.
    var isRequested: Bool {
        !objections.isEmpty || name != nil || accent != nil || support != nil
    }

    /// Writes the texts into the settings.
    func apply(to settings: inout Settings) {
        settings.siteName = name ?? settings.siteName
        settings.siteAccent = accent ?? settings.siteAccent
        settings.siteSupport = support ?? settings.siteSupport
    }

    private mutating func text<Value: Equatable & CustomStringConvertible>(
        of input: ClearableInput, as field: String, now present: Value?,
        fixedIn place: SettingPlace?, read: (String) -> Value?,
        objection: (String) -> InvalidInput.Rule?
    ) -> String?? {
        var wanted: Value?
        switch input {
        case .absent: return nil
        case .cleared: break
        case .given(let input):
            guard let text = input.optional(as: field, &objections) else { return nil }
            wanted = read(text)
            if wanted == nil, let rule = objection(text) {
                objections.append(InvalidInput(field, rule))
                return nil
            }
        }
        guard wanted != present else { return nil }
        guard let place else { return .some(wanted?.description) }
        objections.append(InvalidInput(field, .settingFixed(by: place)))
        return nil
    }
}

extension Transaction {
    /// Changes the stored appearance of the site, if another is asked for.
    ///
    /// - Returns: What changed, for the event of the caller.
    /// - Throws: `unavailable`.
    func change(_ site: SiteChange) throws(AuthError) -> [EventChange] {
        let old = try settings()
        var new = old
        site.apply(to: &new)
        if new != old { try save(new) }
        return old.changes(to: new)
    }
}
