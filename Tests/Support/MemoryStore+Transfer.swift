public import Auth
import Crypto

extension MemoryStore: TransferStore {
    /// See the protocol.
    public func accountTransfers(
        after: Cursor?, limit: Int
    ) throws(AuthError) -> [StoredTransfer] {
        try read { memory in
            Self.page(of: memory.credentials, after: after, limit: limit) {
                Cursor(createdAt: $0.account.createdAt, id: $0.account.id, .oldest)
            }.map {
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
        after: Cursor?, limit: Int
    ) throws(AuthError) -> [InviteTransfer] {
        try read { memory in
            Self.page(of: memory.invites, after: after, limit: limit) {
                Cursor(createdAt: $0.invite.createdAt, id: $0.invite.id, .oldest)
            }
            .map { InviteTransfer($0.invite, codeHash: $0.codeHash) }
        }
    }

    private static func page<Item>(
        of items: [Item], after: Cursor?, limit: Int, at position: (Item) -> Cursor
    ) -> ArraySlice<Item> {
        items.sorted { position($0).isListed(before: position($1)) }
            .drop { item in after.map { !$0.isListed(before: position(item)) } ?? false }
            .prefix(max(0, limit))
    }
}
