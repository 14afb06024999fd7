/// What the frame of every page says.
protocol LayoutTexts {
    /// The way past the navigation.
    var skipToContent: String { get }
    var areas: String { get }
    var account: String { get }
    var administration: String { get }
    var signOut: String { get }
    var protectedBy: String { get }
    var getHelp: String { get }
    // The navigation of the account and of the administration.
    var overview: String { get }
    var sessions: String { get }
    var apiKeys: String { get }
    var users: String { get }
    var invitations: String { get }
    var emails: String { get }
    var audit: String { get }
    var settings: String { get }
}
