import Crypto
import ForeignPasswords

extension TransferService {
    /// Imports records, in one transaction.
    ///
    /// A record that is here as it says changes nothing, so that an import which ended early is resumed by running
    /// it again.
    /// - Parameters:
    ///   - records: Few: other writes wait for them.
    ///   - options: How.
    /// - Returns: What came of each record.
    /// - Throws: `unavailable`: then none of them was imported.
    public func importRecords(
        _ records: [TransferRecord], _ options: ImportOptions
    ) throws(AuthError) -> [ImportResult] {
        let (vault, present) = (vault, Set(store.state.foreignDecoys.map(\.profile)))
        return try store.write { transaction throws(AuthError) in
            var profiles = present
            return try records.map { record throws(AuthError) in
                switch record {
                case .account(let account) where !Self.admits(account, beside: &profiles):
                    ImportResult(.refused(.tooManyForms))
                case .account(let account):
                    try AccountImport(record: account, options: options, vault: vault)
                        .run(in: transaction)
                case .invite(let invite):
                    ImportResult(
                        try InviteImport(record: invite, options: options).run(in: transaction))
                }
            }
        }
    }
}

extension TransferService {
    /// Whether unknown addresses can still take as long as an account with the hash of a record.
    ///
    /// - Parameters:
    ///   - account: The record.
    ///   - profiles: Those that are stored, and of records before.
    /// - Returns: Whether its profile is one of them, or one of the few that there may be.
    private static func admits(_ account: AccountTransfer, beside profiles: inout Set<String>)
        -> Bool
    {
        guard case .foreign(let hash)? = account.password else { return true }
        guard profiles.contains(hash.profile) || profiles.count < InstanceState.maximumDecoys else {
            return false
        }
        profiles.insert(hash.profile)
        return true
    }
}

/// One invitation that is imported, in a transaction; one that is here is never changed.
private struct InviteImport {
    let record: InviteTransfer
    let options: ImportOptions

    func run(in transaction: any Transaction) throws(AuthError) -> ImportOutcome {
        let invite = record.invite
        guard try transaction.invite(invite.id) == nil else { return .unchanged }
        guard try transaction.invite(codeHash: record.codeHash) == nil else {
            return .refused(.codeTaken)
        }
        guard !invite.role.administers || options.allowsAdministrators else {
            return .refused(.administrator)
        }
        guard !options.isTrial else { return .created }
        // Its maker may have been refused, or deleted before.
        let maker = try invite.createdBy.flatMap { id throws(AuthError) in
            try transaction.credential(id)?.account.id
        }
        try transaction.create(
            Invite(
                id: invite.id, email: invite.email, role: invite.role, tier: invite.tier,
                maximumUses: invite.maximumUses, uses: invite.uses, isPaused: invite.isPaused,
                createdBy: maker, createdAt: invite.createdAt, expiresAt: invite.expiresAt,
                madeWith: invite.keyID), codeHash: record.codeHash)
        return .created
    }
}
