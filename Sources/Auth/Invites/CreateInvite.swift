import Crypto

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
    ///   `unauthenticated`, `forbidden` when the caller no longer is an administrator;
    ///   `tooManyRequests` after too many new invites; `unavailable`.
    public func createInvite(
        _ request: InviteRequest, by administrator: Administrator
    ) throws(AuthError) -> NewInvite {
        let wanted = try CheckedInvite(request)
        if let email = wanted.email, try store.credential(email) != nil { throw .emailTaken }
        if case .caller(let caller) = administrator {
            try throttle.admit(.invite, of: caller.account.id)
        }
        let code = Base64URL.encode(Random.bytes(16))
        let link = inviteLink(code: code)
        let (mail, host) = (mail, context.websiteURL.host)
        let invite = try store.write { transaction throws(AuthError) in
            let authority = try AdminPermission.of(administrator, in: transaction)
            try authority.requireMayAssign(of: wanted.role)
            let key = administrator.key
            if let key, try transaction.apiKey(key.id) == nil {
                throw .invalidToken(.apiKeyUnknown)
            }
            let invite = wanted.invite(
                by: authority.account?.id, with: key, at: transaction.now)
            try transaction.insert(invite, codeHash: AuthContext.hash(ofInvite: code))
            try transaction.deletePastInvites(
                of: invite.createdBy, keeping: Invite.maximumPast)
            guard let email = invite.email else { return invite }
            let recipient = Recipient(unproven: email, language: authority.account?.language)
            let written = try mail.mail(
                .invited, to: recipient, of: nil,
                [
                    "name": String(email.localPart),
                    "inviterName": authority.account?.name ?? host, "link": link, "code": code,
                    "expires": invite.expiresAt.readable,
                ], at: transaction.now)
            try transaction.post(written, by: mail)
            return invite
        }
        return NewInvite(invite: invite, code: code, link: link)
    }

    private func inviteLink(code: String) -> String {
        let page = context.address(ofPage: rules.registerPage)
        // At the end, even after a fragment: the page's own router reads it there.
        return "\(page)\(page.utf8.contains(UInt8(ascii: "?")) ? "&" : "?")invite=\(code)"
    }
}

/// A validated request.
private struct CheckedInvite {
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

    func invite(by maker: UUID?, with key: APIKey?, at time: Timestamp) -> Invite {
        let end = time.adding(seconds: seconds)
        return
            Invite(
                id: .random(), email: email, role: role, tier: tier, maximumUses: Int(maximumUses),
                createdBy: maker, createdAt: time, expiresAt: min(end, key?.expiresAt ?? end),
                madeWith: key?.id)
    }
}
