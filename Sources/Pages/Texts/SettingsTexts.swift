/// What the page of the settings says.
protocol SettingsTexts {
    var settingsLead: String { get }
    var settingsStored: String { get }

    // MARK: Registration and sign-in
    var joiningTitle: String { get }
    var allowRegistration: String { get }
    var allowRegistrationHint: String { get }
    var requireApproval: String { get }
    var requireApprovalHint: String { get }
    var allowSignup: String { get }
    var allowSignupHint: String { get }
    var allowSignIn: String { get }
    var allowSignInHint: String { get }
    var requireConfirmation: String { get }
    var requireConfirmationHint: String { get }
    var saveSettings: String { get }

    // MARK: Name and look
    var siteTitle: String { get }
    var siteAbout: String { get }
    var siteNameLabel: String { get }
    var siteAccentLabel: String { get }
    func siteAccentHint(_ example: String) -> String
    var siteSupportLabel: String { get }
    var siteSupportHint: String { get }
    var saveSite: String { get }

    // MARK: Server
    var serverTitle: String { get }
    var websiteLabel: String { get }
    var websiteHint: String { get }
    var websiteNeedsPassword: String { get }
    var retentionLabel: String { get }
    /// A period as it is stored: `6m`.
    func period(_ text: String) -> String
    var migrationLabel: String { get }
    var migrationHint: String { get }
    var migratesAutomatically: String { get }
    var migratesManually: String { get }
    var saveServer: String { get }

    // MARK: What cannot be changed here
    func setInFile(_ key: String) -> String
    func setInEnvironment(_ variable: String) -> String
    var ownerOnly: String { get }
}
