extension English: LayoutTexts {
    var skipToContent: String { "Skip to content" }
    var areas: String { "Areas" }
    var account: String { "Account" }
    var administration: String { "Administration" }
    var signOut: String { "Sign out" }
    var protectedBy: String { "Protected by lunauth" }
    var getHelp: String { "Get help" }
    var overview: String { "Overview" }
    var sessions: String { "Sessions" }
    var apiKeys: String { "API keys" }
    var users: String { "Users" }
    var invitations: String { "Invitations" }
    var emails: String { "Email" }
    var audit: String { "Audit" }
    var settings: String { "Settings" }
}
