import Auth

/// Labels of fields, and words for accounts, that several pages share.
protocol FieldTexts {
    var nameOfPerson: String { get }
    var email: String { get }
    var password: String { get }
    var newPassword: String { get }
    var newPasswordHint: String { get }
    var role: String { get }
    func name(of role: Account.Role) -> String
    var plan: String { get }
    func name(of tier: Account.Tier) -> String
    var status: String { get }
    func name(of status: Account.Status) -> String
    var confirmed: String { get }
    var unconfirmed: String { get }
    /// Names the links below a card.
    var otherWays: String { get }
}
