extension English: LayoutTexts {
    var skipToContent: String { "Skip to content" }
    var areas: String { "Areas" }
    var account: String { "Account" }
    var administration: String { "Administration" }
    var signOut: String { "Sign out" }
    var protectedBy: String { "Protected by lunauth" }
    var getHelp: String { "Get help" }
    var overview: String { "Overview" }
    var security: String { "Security" }
    var sessions: String { "Sessions" }
    var apiKeys: String { "API keys" }
    var yourData: String { "Your data" }
    var users: String { "Users" }
    var invitations: String { "Invitations" }
    var emails: String { "Email" }
    var settings: String { "Settings" }
}
