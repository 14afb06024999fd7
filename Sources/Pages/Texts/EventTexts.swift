import Auth

/// What the pages say about events of the record.
protocol EventTexts {
    /// What an event of a kind reports, where nothing else is known of it.
    func name(of kind: EventKind) -> String
    /// What happened: one sentence without a period and without the one who did it, which is true with
    /// and without each fact.
    func sentence(_ facts: EventFacts) -> HTML
    /// Something that people named, and what was done with it; without the name where it is not known.
    func done(_ verb: String, to thing: String, named name: String?) -> HTML
    /// That something has another value, as far as the values are known.
    func changed(_ thing: String, from old: String?, to new: String?) -> HTML

    // MARK: Who did it, for the person whom it is about
    var withMailedLink: String { get }
    var withAPIKey: String { get }
    var byAdministrator: String { get }
    var byOperator: String { get }
    var byServer: String { get }

    // MARK: Who did it, for administrators
    var holderOfLink: String { get }
    /// Before the name of the person whose key it is.
    var apiKeyOf: String { get }
    /// The operator, by the name of the system's user.
    func commandLine(of user: String) -> String
    var theServer: String { get }
    /// A client that proved nothing.
    var notSignedIn: String { get }
    var deletedAccount: String { get }
}

extension EventTexts where Self: FieldTexts {
    /// The word for the name of a role; the name where it is unknown.
    func role(_ name: String?) -> String? {
        name.map { name in Account.Role(rawValue: name).map { self.name(of: $0) } ?? name }
    }

    /// The word for the name of a tier; the name where it is unknown.
    func tier(_ name: String?) -> String? {
        name.map { name in Account.Tier(rawValue: name).map { self.name(of: $0) } ?? name }
    }
}
