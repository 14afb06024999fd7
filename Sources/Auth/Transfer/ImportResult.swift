/// How records are imported.
public struct ImportOptions: Sendable {
    /// Whether owners and administrators are made and changed, too.
    public var allowsAdministrators: Bool
    /// Whether nothing is written: each record is judged by what the server has now.
    public var isTrial: Bool
    /// Whether a present account takes password, status, address and confirmation of its record, too.
    ///
    /// Otherwise it keeps them: they may have been changed here since an import before.
    public var overwrites: Bool

    /// Creates options.
    public init(allowsAdministrators: Bool, isTrial: Bool, overwrites: Bool = false) {
        self.allowsAdministrators = allowsAdministrators
        self.isTrial = isTrial
        self.overwrites = overwrites
    }
}

/// What came of a record, or would come of it.
public struct ImportResult: Sendable, Equatable {
    /// What became of the account or invitation.
    public let outcome: ImportOutcome
    /// Factors that have to be enrolled again: they came without their secret, or cannot be added.
    public let factorsToEnrol: [Credential.Kind]
    /// Whether the account kept something of what it is signed in to with that differs in the record.
    public let isKept: Bool

    /// Creates a result.
    public init(
        _ outcome: ImportOutcome, factorsToEnrol: [Credential.Kind] = [], isKept: Bool = false
    ) {
        self.outcome = outcome
        self.factorsToEnrol = factorsToEnrol
        self.isKept = isKept
    }
}

/// What became of a record.
public enum ImportOutcome: Sendable, Equatable {
    /// It is new here.
    case created
    /// It was here, and is now what the record says; its sessions ended.
    case updated
    /// It was here as the record says.
    case unchanged
    /// Nothing was changed.
    case refused(ImportRefusal)
}

/// Why a record was refused.
public enum ImportRefusal: Error, Sendable, Equatable {
    /// It makes or changes an owner or administrator, which has to be allowed.
    case administrator
    /// There is another owner.
    case ownerExists
    /// The owner cannot become anything else.
    case ownerProtected
    /// Another account has its address.
    case emailTaken
    /// Nothing but an address that is not confirmed on both sides says that the account is that of the record.
    case addressUnproven
    /// A factor of its has the id of another one.
    case factorTaken
    /// An API key of its has the id or the text of another one.
    case keyTaken
    /// There are password hashes of as many forms and costs as failed checks can be made alike for.
    case tooManyForms
    /// Its name is none.
    case invalidName
    /// Another invitation has its code.
    case codeTaken
}
