import Crypto

extension RegistrationService {
    /// The status of a new account.
    public enum Registration: Sendable {
        /// The account is active.
        case active(SignedIn)
        /// The account waits for approval, or for its address to be confirmed; its session may only
        /// read it.
        case pending(SignedIn)

        /// The account with its session.
        public var signedIn: SignedIn {
            switch self {
            case .active(let signedIn), .pending(let signedIn): signedIn
            }
        }
    }

    /// Registers a member of the team.
    ///
    /// Role `member`; pending while the approval setting is enabled, unless invited.
    /// - Parameters:
    ///   - username: As sent.
    ///   - email: As sent.
    ///   - password: As sent.
    ///   - invite: The invite code, if one was sent: never silently ignored.
    ///   - client: The client of the request.
    /// - Returns: The account, and whether it is pending: for approval, which the owner is notified of by
    ///   mail once the address is confirmed, or only for that confirmation.
    /// - Throws: `invalidInvite`, `registrationClosed`, then `invalidInput`, then `emailTaken`;
    ///   `tooManyRequests`, `overloaded`, `unavailable`. A failed registration uses up no invite.
    public func register(
        username: TextInput, email: TextInput, password: TextInput, invite: String?,
        from client: ClientContext
    ) throws(AuthError) -> Registration {
        try requireRegistrationOpen(invite: invite)
        let applicant = try context.applicant(
            email: email, password: password, name: .username(username))
        let needsApproval = store.state.settings.approval && invite == nil
        let account = context.newAccount(
            applicant, role: .member, tier: .free, status: needsApproval ? .pending : .active)
        let hash = try context.newHash(applicant, from: client)
        let codeHash = invite.map(AuthContext.hash(ofInvite:))
        let new = context.newSession(of: account.id)
        let (verification, mail) = (try context.verification(by: .verify, of: account), mail)
        let stored = try store.write { transaction throws(AuthError) in
            var account = account
            let invite = try codeHash.map { hash throws(AuthError) in
                try transaction.redeemInvite(codeHash: hash, email: account.email)
            }
            account.role = invite?.role ?? account.role
            account.tier = invite?.tier ?? account.tier
            let holder = EventActor.account(account.id)
            try transaction.create(account, passwordHash: hash, by: holder)
            if let invite { try transaction.recordUse(of: invite, for: account) }
            try transaction.insert(new.session, from: client)
            try transaction.recordBeginning(of: new.session)
            try verification?.post(in: transaction, by: mail)
            return account
        }
        return context.registration(of: stored, by: new, knowing: hash, from: client)
    }

    /// Refuses while registration is closed, unless with a valid invite.
    ///
    /// - Throws: `invalidInvite` for every invalid one, `registrationClosed`; `unavailable`.
    public func requireRegistrationOpen(invite: String?) throws(AuthError) {
        if let codeHash = invite.map(AuthContext.hash(ofInvite:)) {
            guard try store.invite(codeHash: codeHash)?.isRedeemable(at: now()) ?? false else {
                throw .invalidInvite
            }
            return
        }
        let settings = store.state.settings
        guard settings.register && settings.nativeSignin else { throw .registrationClosed }
    }
}

extension AuthContext {
    /// The credentials of a new account's first session.
    func registration(
        of account: Account, by new: NewSession, knowing password: PasswordHash,
        from client: ClientContext
    ) -> RegistrationService.Registration {
        let signedIn = signedIn(account, by: new, knowing: password, from: client)
        let mayAct =
            account.status == .active && !account.mustConfirmEmail(under: store.state.settings)
        return mayAct ? .active(signedIn) : .pending(signedIn)
    }

    static func hash(ofInvite code: String) -> Digest {
        SHA256.digest(code.utf8)
    }
}
