import Auth
import HTTP
import Web

extension Pages {
    /// What holds for all accounts, and for the site.
    static func adminSettings(_ configuration: PagesConfiguration) -> [WebPage] {
        [
            WebPage(
                .get, Path.adminSettings, .init(on: .store, access: .administrator(.person)),
                handler: { request, caller throws(RequestError) in
                    PageContext(request, configuration, caller).showSettings()
                }),
            WebPage(
                .post, "/auth/config/update",
                handler: { request, caller throws(RequestError) in
                    let proven = try PageContext(request, configuration, caller).proven(caller)
                    return try PageContext(request, configuration, proven)
                        .postSettings(by: proven)
                },
                failed: { request, error throws(RequestError) in
                    guard FormFailure.mayShow(error) else { return nil }
                    let caller = try request.administrator(for: .person)
                    let context = PageContext(request, configuration, caller)
                    if let proof = try context.settingsProofPage(after: error, of: caller) {
                        return proof
                    }
                    return try context.failedSettings(error)
                }),
        ]
    }
}

/// The forms of the page, by the id of their section; each names members of its own.
private enum SettingsSection: String {
    case joining, site, server

    /// The section whose form was posted.
    init(of body: RequestBody) {
        self =
            if ["siteName", "siteAccent", "siteSupport"].contains(where: body.names) {
                .site
            } else if ["websiteUrl", "retentionPeriod", "migrationType"].contains(where: body.names)
            {
                .server
            } else {
                .joining
            }
    }
}

/// What the page shows beside the settings: what the last action led to.
private struct SettingsState {
    /// The section whose change was stored.
    var stored: SettingsSection?
    /// The section whose form failed, and why.
    var failure: (section: SettingsSection, failure: FormFailure)?
    /// Whether the form asks for the password: where links in mails lead is a matter of trust.
    var needsPassword = false

    func failure(in section: SettingsSection) -> FormFailure? {
        failure?.section == section ? failure?.failure : nil
    }
}

extension PageContext {
    fileprivate func showSettings() -> Response {
        var state = SettingsState()
        state.stored = SettingsSection(rawValue: query("done"))
        return settingsPage(state)
    }

    fileprivate func postSettings(by caller: Caller) throws(RequestError) -> Response {
        let body = try form()
        let change = SettingsChange(body)
        try domain { service throws(AuthError) in
            _ = try service.settings.change(
                change, by: .caller(caller), from: request.clientContext)
        }
        let section = SettingsSection(of: body).rawValue
        return seeOther("\(Pages.Path.adminSettings)?done=\(section)#\(FieldError.summaryID)")
    }

    /// The page of a fresh proof; nil where the form has a field for the password that is enough.
    fileprivate func settingsProofPage(
        after error: RequestError, of caller: Caller
    ) throws(RequestError) -> Response? {
        if case .domain(.reauthenticationRequired([.password])) = error { return nil }
        return try proofPage(after: error, of: caller, from: Pages.Path.adminSettings)
    }

    fileprivate func failedSettings(_ error: RequestError) throws(RequestError) -> Response? {
        let section = SettingsSection(of: try form())
        guard
            let failure = FormFailure(
                error, labels: labels(of: section), about: [.wrongPassword: "password"],
                title: nil, texts: texts)
        else { return nil }
        var state = SettingsState()
        state.failure = (section, failure)
        state.needsPassword =
            error.code == .reauthenticationRequired || error.code == .wrongPassword
        return failed(error, settingsPage(state))
    }

    private func labels(of section: SettingsSection) -> KeyValuePairs<String, String> {
        switch section {
        case .joining:
            [
                "register": texts.allowRegistration, "approval": texts.requireApproval,
                "signup": texts.allowSignup, "nativeSignin": texts.allowSignIn,
                "requireEmailVerification": texts.requireConfirmation,
            ]
        case .site:
            [
                "siteName": texts.siteNameLabel, "siteAccent": texts.siteAccentLabel,
                "siteSupport": texts.siteSupportLabel,
            ]
        case .server:
            [
                "websiteUrl": texts.websiteLabel, "retentionPeriod": texts.retentionLabel,
                "migrationType": texts.migrationLabel, "password": texts.password,
            ]
        }
    }

    private var isOwner: Bool { caller?.account.role == .owner }

    private func settingsPage(_ state: SettingsState) -> Response {
        appPage(.adminSettings, texts.settings, lead: texts.settingsLead) {
            joiningSection(state)
            siteSection(state)
            serverSection(state)
        }
    }

    /// What the last action led to, in the section that it was about.
    private func outcome(_ state: SettingsState, in section: SettingsSection) -> HTML? {
        if state.stored == section {
            return notice(.success, text: texts.settingsStored, follows: .action, level: .third)
        }
        return state.failure(in: section).map { $0.summary(texts) }
    }

    // MARK: Sections

    private func joiningSection(_ state: SettingsState) -> HTML {
        let settings = service.state.settings
        return panel(texts.joiningTitle, id: SettingsSection.joining.rawValue) {
            outcome(state, in: .joining)
            postForm("/auth/config/update", class: "stack wide") {
                choices(texts.joiningTitle, isLegendUnseen: true, isRuled: true) {
                    choice(
                        texts.allowRegistration, name: "register", isOn: settings.register,
                        hint: texts.allowRegistrationHint)
                    choice(
                        texts.requireApproval, name: "approval", isOn: settings.approval,
                        hint: texts.requireApprovalHint)
                    choice(
                        texts.allowSignup, name: "signup", isOn: settings.signup,
                        hint: texts.allowSignupHint)
                    choice(
                        texts.allowSignIn, name: "nativeSignin", isOn: settings.nativeSignin,
                        hint: texts.allowSignInHint)
                    choice(
                        texts.requireConfirmation, name: "requireEmailVerification",
                        isOn: settings.requireEmailVerification,
                        hint: texts.requireConfirmationHint)
                }
                actions { button(texts.saveSettings, .primary) }
            }
        }
    }

    private func siteSection(_ state: SettingsState) -> HTML {
        let (site, failure) = (service.site, state.failure(in: .site))
        return panel(
            texts.siteTitle, id: SettingsSection.site.rawValue, about: texts.siteAbout
        ) {
            outcome(state, in: .site)
            postForm("/auth/config/update") {
                pair {
                    field(
                        texts.siteNameLabel, name: "siteName", autocomplete: .organization,
                        value: value("siteName", failure, site.name.text),
                        presence: .optional(mark: texts.optional),
                        maximumLength: SiteName.maximumLength, error: failure?["siteName"],
                        locked: lock(site.nameOrigin))
                    field(
                        texts.siteAccentLabel, name: "siteAccent", autocomplete: .off,
                        type: .pattern("#[0-9a-fA-F]{6}"),
                        value: value("siteAccent", failure, site.accent.hex),
                        presence: .optional(mark: texts.optional),
                        hint: texts.siteAccentHint(SiteAccent.standard.hex),
                        error: failure?["siteAccent"], locked: lock(site.accentOrigin))
                }
                field(
                    texts.siteSupportLabel, name: "siteSupport", autocomplete: .off,
                    value: value(
                        "siteSupport", failure,
                        site.support?.description ?? ""),
                    presence: .optional(mark: texts.optional), hint: texts.siteSupportHint,
                    error: failure?["siteSupport"], locked: lock(site.supportOrigin))
                saveButton(texts.saveSite)
            }
        }
    }

    private func serverSection(_ state: SettingsState) -> HTML {
        let (record, failure) = (service.state.setup, state.failure(in: .server))
        let origins = service.settingsOrigins
        let retention = (record?.retentionPeriod ?? .standardRetention).text
        let migration = record?.migrationType ?? .automatic
        return panel(texts.serverTitle, id: SettingsSection.server.rawValue) {
            outcome(state, in: .server)
            postForm("/auth/config/update") {
                pair {
                    field(
                        texts.websiteLabel, name: "websiteUrl", autocomplete: .url, type: .url,
                        value: value("websiteUrl", failure, "\(service.websiteURL)"),
                        hint: texts.websiteHint, error: failure?["websiteUrl"],
                        locked: lock(origins.websiteURL))
                    retentionField(
                        selected: value("retentionPeriod", failure, retention),
                        error: failure?["retentionPeriod"],
                        locked: lock(origins.retentionPeriod))
                    migrationField(
                        selected: value("migrationType", failure, migration.rawValue),
                        error: failure?["migrationType"],
                        locked: lock(origins.migrationType))
                }
                if state.needsPassword {
                    hiddenUsername(caller?.account.email.address ?? "")
                    passwordField(
                        texts.password, .current, hint: texts.websiteNeedsPassword,
                        error: failure?["password"], texts: texts)
                }
                saveButton(texts.saveServer)
            }
        }
    }

    /// Why a value cannot be changed here; nil where it can.
    private func lock(_ origin: SettingOrigin) -> String? {
        origin.fixedBy.map(text) ?? (isOwner ? nil : texts.ownerOnly)
    }

    /// The button of a form whose values the owner alone changes.
    private func saveButton(_ label: String) -> HTML? {
        isOwner ? actions { button(label) } : nil
    }

    /// What was typed into a form that failed, else the value in effect.
    private func value(_ name: String, _ failure: FormFailure?, _ present: String) -> String {
        failure == nil ? present : posted(name)
    }
}
