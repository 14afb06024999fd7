import Crypto

/// The record of what happened, as people see it.
///
/// Confined to one thread.
public struct AuditService: Service {
    let context: AuthContext

    /// All events that match, newest first: for the owner and administrators.
    ///
    /// - Throws: `unavailable`.
    public func events(
        matching query: EventQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<RecordedEvent> {
        try store.page(of: query, page)
    }

    /// The events that the caller caused or that are about the caller's account, newest first, without
    /// what they say of other people.
    ///
    /// - Parameters:
    ///   - query: Its account does not count.
    ///   - caller: Whose events.
    ///   - page: The page.
    /// - Returns: Where a part is withheld, the event says no more than one whose part was erased.
    /// - Throws: `unavailable`.
    public func events(
        matching query: EventQuery, of caller: Caller, _ page: PageRequest
    ) throws(AuthError) -> Page<RecordedEvent> {
        var query = query
        query.account = caller.account.id
        return try store.page(of: query, page).map { recorded in
            RecordedEvent(
                event: recorded.event.seen(by: caller.account.id), mac: recorded.mac,
                link: recorded.link)
        }
    }

    /// How far the chain goes, and what of it is signed: for the owner and administrators.
    ///
    /// - Throws: `unavailable`, also when OpenSSL fails.
    public func chainState() throws(AuthError) -> ChainState {
        // The head last: what is linked meanwhile must not look like a checkpoint of the future.
        let checkpoint = try store.lastCheckpoint()
        let waiting = BoundedCount(
            try store.unlinkedEventCount(upTo: ChainState.maximumCount + 1),
            upTo: ChainState.maximumCount)
        return ChainState(
            head: try store.chainHead(),
            checkpoint: try checkpoint.map { checkpoint throws(AuthError) in
                let signed = try FactorVault.reporting { () throws(CryptoError) in
                    try checkpoint.verified()
                }
                return signed.map(ChainState.LastCheckpoint.signed) ?? .invalid
            },
            checkpointKey: checkpoint?.key, notLinked: waiting)
    }
}

extension EventStore {
    fileprivate func page(
        of query: EventQuery, _ page: PageRequest
    ) throws(AuthError) -> Page<RecordedEvent> {
        let rows = try events(query, before: page.after?.id, limit: page.limit + 1)
        return Page(rows, of: page) { Cursor(createdAt: $0.event.time, id: $0.event.id) }
    }
}
