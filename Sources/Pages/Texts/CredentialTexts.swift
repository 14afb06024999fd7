import Auth

/// What the pages say about sessions and API keys.
protocol CredentialTexts {
    // MARK: Sessions
    var sessionsIntroduction: String { get }
    var endOtherSessions: String { get }
    var thisDevice: String { get }
    /// Where a client does not say what it is.
    var unknownDevice: String { get }
    var unknownAddress: String { get }
    /// Follows a comma.
    func signedIn(_ time: HTML) -> HTML
    /// Follows a comma.
    func used(_ time: HTML) -> HTML
    var end: String { get }

    // MARK: API keys
    var keysIntroduction: String { get }
    var noKeys: String { get }
    /// Follows a comma.
    func allowed(by scopes: APIKey.Scopes) -> String
    /// Follows a comma.
    var neverUsed: String { get }
    /// Follows a comma.
    func expires(_ date: HTML) -> HTML
    /// In so many days; 0 for today.
    func ends(inDays days: Int) -> String
    var revoke: String { get }

    // MARK: Another key
    var createKey: String { get }
    var nameOfKey: String { get }
    var nameOfKeyHint: String { get }
    var scopesOfKey: String { get }
    func name(of scope: APIKey.Scopes) -> String
    func hint(for scope: APIKey.Scopes) -> String?
    var keyEnds: String { get }
    func name(of period: APIKeyPeriod) -> String
    var keyCreated: String { get }
    var copyKeyNow: HTML { get }
    var copyKey: String { get }
    var tryIt: String { get }
    var keySaved: String { get }
    /// A second request of the same form.
    var keyAlreadyCreated: String { get }
    var keyNotShownAgain: String { get }
    var keyNoLongerValid: String { get }
    var revokeKey: String { get }
    var goToKeys: String { get }
    var noticeSentTo: String { get }

    // MARK: Long lists
    func pages(of section: AccountSection) -> String
    func shown(_ range: ClosedRange<Int>, of count: Int) -> String
    var previousPage: String { get }
    var nextPage: String { get }
}
