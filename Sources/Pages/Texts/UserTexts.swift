/// What the page of one account says to administrators.
protocol UserTexts {
    /// That a change was made; a sentence.
    func done(_ change: UserChange) -> String
    /// What a form did not do, as a heading.
    func notDone(_ form: UserForm) -> String
    /// Why an administrator may not change the account.
    var ownerAlone: String { get }

    // MARK: Actions
    var disableAccount: String { get }
    var enableAccount: String { get }
    var signInLimited: String { get }
    func failedSignIns(_ count: Int, until time: HTML) -> HTML
    var unlockAccount: String { get }

    // MARK: The account
    var approvedAt: String { get }
    var identifier: String { get }
    var markEmailConfirmed: String { get }
    var changeName: String { get }
    var saveName: String { get }
    var rightsTitle: String { get }
    var rightsConsequence: String { get }
    var roleIsFixed: String { get }
    var saveRights: String { get }

    // MARK: What belongs to it
    var endAllSessions: String { get }
    var noSessionsOfUser: String { get }
    var revokeAllKeys: String { get }
    var noKeysOfUser: String { get }
    var invitationsOfUser: String { get }
    var noInvitationsOfUser: String { get }

    // MARK: Deletion
    var deleteUserConsequence: String { get }
    func typeToConfirm(_ email: String) -> String
}
