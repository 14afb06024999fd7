import Auth

/// What the account page says about the person, the address, and what is stored.
protocol AccountTexts {
    var yourAccount: String { get }
    var accountIntroduction: String { get }
    func name(of section: AccountSection) -> String
    /// That a change was made; a sentence.
    func done(_ change: AccountChangeMade) -> String
    /// What a form did not do, as a heading.
    func notDone(_ form: AccountForm) -> String

    // MARK: Profile
    var languageOfAccount: String { get }
    var automaticLanguage: String { get }
    /// The language of this catalogue, in itself.
    var nameOfLanguage: String { get }
    var saveProfile: String { get }
    var memberSince: String { get }

    // MARK: Address
    var unconfirmedEmail: String { get }
    var resendLink: String { get }
    /// Where the server sends no email.
    var emailFixed: String { get }
    var changeEmail: String { get }
    var changeEmailConsequence: String { get }
    var newEmail: String { get }
    var sendLink: String { get }

    // MARK: Password
    /// What follows a change; with the notice, where the server sends email.
    func changePasswordConsequence(isMailed: Bool) -> String
    var currentPassword: String { get }
    var revokeKeysToo: String { get }
    var revokeKeysTooHint: String { get }
    var changePassword: String { get }

    // MARK: Data
    var exportIntroduction: String { get }
    var downloadData: String { get }
    var deleteYourAccount: String { get }
    var deletionConsequence: String { get }
    var ownerCannotBeDeleted: String { get }
    var deleteAccount: String { get }
}
