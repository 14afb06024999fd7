/// A change of the caller's own account, as sent.
public struct ProfileChange: Sendable {
    /// The person's name.
    public var name = TextInput.absent
    /// The language of pages and mails.
    public var language = LanguageInput.absent
    /// Inputs that could not be decoded; reported together with all others that are invalid.
    public var objections: [InvalidInput] = []

    /// Creates an empty change.
    public init() {}

    /// A language, as sent.
    public enum LanguageInput: Sendable, Equatable {
        /// The stored language is kept.
        case absent
        /// The language of the client is used from now on.
        case cleared
        /// The name of a language.
        case chosen(TextInput)
    }
}

extension AccountService {
    /// Changes the caller's name and language.
    ///
    /// - Parameters:
    ///   - change: Absent values are kept.
    ///   - caller: The account.
    /// - Returns: The changed account.
    /// - Throws: `invalidInput`; `invalidToken` when the account was deleted meanwhile; `unavailable`.
    public func changeProfile(
        _ change: ProfileChange, by caller: Caller
    ) throws(AuthError) -> Account {
        let change = try CheckedProfile(change)
        let id = caller.account.id
        guard !change.isEmpty else { return caller.account }
        return try store.write { transaction throws(AuthError) in
            guard let account = try transaction.credential(id)?.account else {
                throw .invalidToken(.callerEnded)
            }
            let changed = change.applied(to: account)
            if changed != account { try transaction.change(changed) }
            return changed
        }
    }
}

/// A validated change.
private struct CheckedProfile {
    private let name: String?
    private let language: Language??

    /// Validates a change; all invalid inputs are reported together.
    ///
    /// - Throws: `invalidInput`.
    init(_ change: ProfileChange) throws(AuthError) {
        var objections = change.objections
        name = NameField.name(change.name).text(&objections)
        language =
            switch change.language {
            case .absent: nil
            case .cleared: .some(nil)
            case .chosen(let input):
                input.choice(of: Language.allCases, as: "language", &objections).map(Optional.some)
            }
        guard objections.isEmpty else { throw .invalidInput(objections) }
    }

    var isEmpty: Bool { name == nil && language == nil }

    func applied(to account: Account) -> Account {
        var account = account
        account.name = name ?? account.name
        account.language = language ?? account.language
        return account
    }
}
