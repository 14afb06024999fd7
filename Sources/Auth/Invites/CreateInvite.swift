public import Crypto

/// A request for an invite, as sent.
public struct InviteRequest: Sendable {
    /// The only address that may use it; it is mailed there.
    public var email = TextInput.absent
    /// The role of the accounts; absent means `member`.
    public var role = TextInput.absent
    /// The tier of the accounts; absent means `free`.
    public var tier = TextInput.absent
    /// How many accounts it may create; nil means one.
    public var maximumUses: Int64?
    /// Its lifetime; nil means seven days.
    public var lifetime: Period?
    /// Inputs that could not be decoded; reported together with all others that are invalid.
    public var objections: [InvalidInput] = []

    /// Creates an empty request.
    public init() {}
}

/// A new invite.
public struct NewInvite: Sendable {
    /// The invite.
    public let invite: Invite
    /// Its code, 22 URL-safe characters of 128 random bits: returned once, never stored.
    public let code: String
    /// The link to register with it.
    public let link: String
}

extension InviteService {
    /// Creates an invite, and mails it if it is for one address.
    ///
    /// - Parameters:
    ///   - request: As sent.
    ///   - administrator: The administrator who invites.
    /// - Returns: The invite with its code.
    /// - Throws: `invalidInput`; `emailTaken` when the address has an account, and so could not use it;
    ///   `forbidden` for an admin invite unless by the owner, `apiKeyNotAllowed` unless in person;
    ///   `reauthenticationRequired` in person for an admin invite, for others of an administrator with a second
    ///   factor: an invite outlives the session, and gives a role; `unauthenticated`, `forbidden` when the caller no longer is an administrator;
    ///   `tooManyRequests` after too many new invites; `unavailable`.
    public func createInvite(
        _ request: InviteRequest, by administrator: Administrator
    ) throws(AuthError) -> NewInvite {
        let draft = try draft(request, by: administrator)
        return try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            return try draft.insert(.random(), by: authority, into: transaction)
        }
    }

    /// Creates an invite as above, unless an earlier request with the same id created it.
    ///
    /// - Parameters:
    ///   - request: As sent.
    ///   - id: The id of the invite; another one is used if it is that of another account's invite.
    ///   - administrator: The administrator who invites.
    /// - Returns: The invite; one that was created earlier may have been used or paused since.
    /// - Throws: As above; nothing but `unavailable` when it was created earlier.
    public func createInvite(
        _ request: InviteRequest, id: UUID, by administrator: Administrator
    ) throws(AuthError) -> CreatedOnce<NewInvite, Invite> {
        // Before the limits: the second request of a form is not refused for what the first created.
        if let present = try store.invite(id), present.createdBy == administrator.accountID {
            return .alreadyMade(present)
        }
        let draft = try draft(request, by: administrator)
        return try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            guard let present = try transaction.invite(id) else {
                return .made(try draft.insert(id, by: authority, into: transaction))
            }
            guard present.createdBy == authority.account?.id else {
                return .made(try draft.insert(.random(), by: authority, into: transaction))
            }
            return .alreadyMade(present)
        }
    }

    /// Validates a request and counts it against the limits.
    private func draft(
        _ request: InviteRequest, by administrator: Administrator
    ) throws(AuthError) -> InviteDraft {
        let wanted = try CheckedInvite(request)
        if let email = wanted.email, try store.credential(email) != nil { throw .emailTaken }
        if let inviter = administrator.accountID { try throttle.admit(.invite, of: inviter) }
        let code = Base64URL.encode(Random.bytes(16))
        return InviteDraft(
            wanted: wanted, key: administrator.key, presence: context.presence(of: administrator),
            code: code, link: inviteLink(code: code), mail: mail, host: context.websiteURL.host)
    }

    private func inviteLink(code: String) -> String {
        let page = context.address(ofPage: rules.registerPage)
        // At the end, even after a fragment: the page's own router reads it there.
        return "\(page)\(page.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")invite=\(code)"
    }
}

/// A validated request with the code of its invite.
private struct InviteDraft: Sendable {
    let wanted: CheckedInvite
    let key: APIKey?
    let presence: FreshProof?
    let code: String
    let link: String
    let mail: MailWriter
    let host: String

    /// Creates the invite, and queues its mail.
    ///
    /// - Throws: As `createInvite`.
    func insert(
        _ id: UUID, by authority: AdminPermission, into transaction: any Transaction
    ) throws(AuthError) -> NewInvite {
        try authority.requireMayAssign(of: wanted.role)
        try transaction.require(presence, toGive: wanted.role)
        if let key, try transaction.apiKey(key.id) == nil {
            throw .invalidToken(.apiKeyUnknown)
        }
        let invite = wanted.invite(
            id, by: authority.account?.id, with: key, at: transaction.now)
        try transaction.create(invite, codeHash: AuthContext.hash(ofInvite: code))
        try transaction.deletePastInvites(of: invite.createdBy, keeping: Invite.maximumPast)
        if let email = invite.email {
            let recipient = Recipient(unproven: email, language: authority.account?.language)
            let written = try mail.mail(
                .invited, to: recipient, of: nil,
                [
                    "name": String(email.localPart),
                    "inviterName": authority.account?.name ?? host, "link": link, "code": code,
                    "expires": invite.expiresAt.readable,
                ], at: transaction.now)
            try transaction.post(written, by: mail)
        }
        return NewInvite(invite: invite, code: code, link: link)
    }
}

/// A validated request.
private struct CheckedInvite: Sendable {
    let email: Email?
    let role: Account.Role
    private let tier: Account.Tier
    private let maximumUses: Int64
    private let seconds: Int64

    private static let standardSeconds: Int64 = 7 * 86_400

    /// Validates a request; all invalid inputs are reported together.
    ///
    /// - Throws: `invalidInput`.
    init(_ request: InviteRequest) throws(AuthError) {
        var objections = request.objections
        let address = request.email.optional(as: "email", &objections)
        email = address.flatMap(Email.init)
        if let address, email == nil {
            objections.append(InvalidInput("email", Email.objection(to: address)))
        }
        role =
            request.role.choice(of: [.admin, .member, .user], as: "role", &objections) ?? .member
        tier = request.tier.choice(of: Account.Tier.allCases, as: "tier", &objections) ?? .free
        maximumUses = request.maximumUses ?? 1
        if address != nil && maximumUses != 1 {
            objections.append(InvalidInput("maxUses", .notSingleUse))
        } else if !Invite.useBounds.contains(maximumUses) {
            objections.append(
                InvalidInput("maxUses", .notInRange(Invite.useBounds)))
        }
        seconds = request.lifetime?.seconds ?? Self.standardSeconds
        if !Invite.lifetimeBounds.contains(seconds) {
            objections.append(InvalidInput("expiresIn", .inviteLifetime))
        }
        guard objections.isEmpty else { throw .invalidInput(objections) }
    }

    func invite(_ id: UUID, by maker: UUID?, with key: APIKey?, at time: Timestamp) -> Invite {
        let end = time.adding(seconds: seconds)
        return
            Invite(
                id: id, email: email, role: role, tier: tier, maximumUses: Int(maximumUses),
                createdBy: maker, createdAt: time, expiresAt: min(end, key?.expiresAt ?? end),
                madeWith: key?.id)
    }
}
