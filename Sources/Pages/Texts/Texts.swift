import Auth

/// Every sentence of the pages, as one catalogue a language; one that lacks a sentence does not compile.
///
/// Sentences are whole; those with a value are functions, so that each language puts it where it
/// belongs. The protocol of a feature is beside this file; each language has it in its own folder.
protocol Texts:
    AccountTexts,
    ActivityTexts,
    AuditTexts,
    ComponentTexts,
    CredentialTexts,
    EmailLinkTexts,
    ErrorTexts,
    EventDetailTexts,
    EventTexts,
    ExplainTexts,
    FactorTexts,
    FieldTexts,
    ForwardAuthTexts,
    InvitationTexts,
    LayoutTexts,
    LinkTexts,
    ListTexts,
    MailQueueTexts,
    NumberTexts,
    ObjectionTexts,
    OverviewTexts,
    PasswordTexts,
    RegistrationTexts,
    ReviewTexts,
    SettingsTexts,
    SetupTexts,
    SignInTexts,
    SignOutTexts,
    TimeTexts,
    UserTexts,
    UsersTexts
{}

/// English.
struct English: Texts {}

/// German, which addresses people formally.
struct German: Texts {}

extension Language {
    /// The catalogue of the language.
    var texts: any Texts {
        switch self {
        case .en: English()
        case .de: German()
        }
    }
}
