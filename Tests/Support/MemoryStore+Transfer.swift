public import Auth
public import Crypto

extension MemoryStore: TransferStore {
    /// See the protocol.
    public func accountTransfers(
        after: UUID?, limit: Int
    ) throws(AuthError) -> [StoredTransfer] {
        try read { memory in
            Self.page(of: memory.credentials, after: after, limit: limit, by: \.account.id).map {
                credential in
                let id = credential.account.id
                let keys = memory.apiKeys.filter {
                    $0.details.key.accountID == id && $0.revokedAt == nil
                }
                return StoredTransfer(
                    credential: credential, factors: memory.factors(of: id),
                    apiKeys: keys.map { APIKeyTransfer($0.details, hash: $0.hash) }
                        .sorted { ($0.createdAt, $0.id.high) < ($1.createdAt, $1.id.high) })
            }
        }
    }

    /// See the protocol.
    public func inviteTransfers(
        after: UUID?, limit: Int
    ) throws(AuthError) -> [InviteTransfer] {
        try read { memory in
            Self.page(of: memory.invites, after: after, limit: limit, by: \.invite.id)
                .map { InviteTransfer($0.invite, codeHash: $0.codeHash) }
        }
    }

    private static func page<Item>(
        of items: [Item], after: UUID?, limit: Int, by id: (Item) -> UUID
    ) -> ArraySlice<Item> {
        guard let after else { return items.prefix(limit) }
        guard let index = items.firstIndex(where: { id($0) == after }) else { return [] }
        return items[(index + 1)...].prefix(limit)
    }
}
