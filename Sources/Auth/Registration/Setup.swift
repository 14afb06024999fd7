import Crypto

/// A request to set the server up, as sent.
public struct SetupRequest: Sendable {
    /// `basic` or `advanced`.
    public var type = TextInput.absent
    /// The owner's name.
    public var username = TextInput.absent
    /// The owner's email.
    public var email = TextInput.absent
    /// The owner's password.
    public var password = TextInput.absent
    /// The kind of database.
    public var databaseType = TextInput.absent
    /// The name of the database.
    public var databaseName = TextInput.absent
    /// The public origin.
    public var websiteURL = TextInput.absent
    /// The name of the site.
    public var siteName = TextInput.absent
    /// When schema migrations run.
    public var migrationType = TextInput.absent
    /// How long history is kept.
    public var retentionPeriod = TextInput.absent

    /// Creates an empty request.
    public init() {}
}

extension SetupService {
    /// Refuses when setup is complete.
    ///
    /// - Throws: `alreadySetUp`.
    public func requireNotSetUp() throws(AuthError) {
        guard !store.state.hasOwner else { throw .alreadySetUp }
    }

    /// Creates the owner, and switches the server to the named database.
    ///
    /// - Parameters:
    ///   - request: As sent.
    ///   - client: The client of the request.
    /// - Returns: The owner, signed in.
    /// - Throws: `invalidInput`, `emailTaken`, `alreadySetUp`, `databaseInUse`; `tooManyRequests`,
    ///   `overloaded`, `unavailable`. Of several concurrent ones exactly one succeeds.
    public func setUp(
        _ request: SetupRequest, from client: ClientContext
    ) throws(AuthError) -> SignedIn {
        try requireNotSetUp()
        var form = SetupForm(request, rules)
        let record = form.record()
        let site = form.site(context.site)
        let applicant = try context.applicant(
            email: request.email, password: request.password, name: .username(request.username),
            others: form.objections)
        let owner = context.operatorsAccount(
            context.newAccount(applicant, role: .owner, tier: .free, status: .active))
        let hash = try context.newHash(applicant, from: client)
        let new = context.newSession(of: owner.id)
        let mail = mail
        let verification = try context.unprovenVerification(
            of: owner, on: context.websiteURL(under: record))
        try context.setupStore.setUp(
            record, owner: owner, passwordHash: hash, session: new.session, from: client
        ) { transaction throws(AuthError) in
            let holder = EventActor.account(owner.id)
            let changes = try SetupRecord().changes(to: record) + transaction.change(site)
            try transaction.record(.setupCompleted, of: owner.id, by: holder, changes)
            try transaction.recordCreation(of: owner, by: holder)
            try verification?.post(in: transaction, by: mail)
            try transaction.recordBeginning(of: new.session)
        }
        return context.signedIn(owner, by: new, knowing: hash, from: client)
    }
}
