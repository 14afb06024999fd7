import Crypto
import Synchronization

/// The failed logins that are to be recorded, gathered in bounded memory.
///
/// The first one of an account and network is due at once; what follows within a minute is one event with its
/// count. Another thread writes them (`AuthService.recordFailedLogins`): no response waits for it, so that none
/// takes longer for an address that has an account. Without an account, failures are counted by network, and the
/// address is not kept: people type passwords into the wrong field.
///
/// Shared by all threads.
final class FailedLoginEvents: Sendable {
    /// The most accounts and networks that are told apart at once; further ones are counted together.
    static let capacity = 4_096
    /// For how many nanoseconds failures are gathered.
    static let interval: UInt64 = 60_000_000_000
    /// How many accounts and networks a minute are told apart in the long run; further ones are counted together.
    ///
    /// Strangers must not push the rest of the record out of the most events that are kept.
    static let perMinute: UInt64 = 20

    private let table: Mutex<Table>
    private let now: @Sendable () -> UInt64

    fileprivate struct Table {
        var entries: [LoginFailure.Key: Entry] = [:]
        /// How many more may be told apart.
        var allowance = FailedLoginEvents.capacity
        /// Until when it was refilled, in nanoseconds of the monotonic clock.
        var refilledAt: UInt64
    }

    fileprivate struct Entry {
        /// What was not written yet.
        var failures: LoginFailures?
        /// When it is to be, in nanoseconds of the monotonic clock.
        var dueAt: UInt64
    }

    /// Creates an empty table.
    ///
    /// - Parameter now: Nanoseconds of a monotonic clock.
    init(now: @escaping @Sendable () -> UInt64) {
        self.now = now
        table = Mutex(Table(refilledAt: now()))
    }

    /// Notes a failure.
    func note(_ failure: LoginFailure) {
        note(LoginFailures(failure), dueAt: now())
    }

    /// Notes again what could not be written.
    func putBack(_ failures: [LoginFailures]) {
        let now = now()
        for failures in failures { note(failures, dueAt: now, again: true) }
    }

    /// Takes out what is due; its accounts and networks are gathered for a minute from now on.
    ///
    /// - Parameters:
    ///   - limit: The most events.
    ///   - isEnd: Whether all is due, as when the server stops.
    /// - Returns: What is to be written; as many as the limit when there may be more.
    func take(limit: Int, isEnd: Bool = false) -> [LoginFailures] {
        let now = now()
        return table.withLock { table in
            table.refill(at: now)
            var taken: [LoginFailures] = []
            for (key, entry) in table.entries where entry.dueAt <= now || isEnd {
                // As it is by now: those of many networks grow in this loop.
                guard let failures = table.entries[key]?.failures else {
                    // Nothing failed for a minute: the next failure is a first one.
                    table.entries[key] = nil
                    continue
                }
                guard taken.count < limit else { break }
                table.entries[key] = Entry(failures: nil, dueAt: now + Self.interval)
                if isEnd || table.tellsApart(failures) {
                    taken.append(failures)
                } else {
                    table.add(failures.ofManyNetworks, dueAt: now, isDue: false)
                }
            }
            return taken
        }
    }

    /// Adds failures; those of an entry wait for its minute, unless they were due before.
    private func note(_ failures: LoginFailures, dueAt: UInt64, again wasDue: Bool = false) {
        table.withLock { table in
            let isTracked =
                table.entries[failures.key] != nil || table.entries.count < Self.capacity
            table.add(
                isTracked ? failures : failures.ofManyNetworks, dueAt: dueAt, isDue: wasDue)
        }
    }
}

extension FailedLoginEvents.Table {
    /// Adds failures to their entry.
    ///
    /// - Parameters:
    ///   - failures: The failures.
    ///   - dueAt: When they are due where there is no entry.
    ///   - isDue: Whether they are due then also where there is one.
    fileprivate mutating func add(_ failures: LoginFailures, dueAt: UInt64, isDue: Bool) {
        var entry =
            entries[failures.key] ?? FailedLoginEvents.Entry(failures: nil, dueAt: dueAt)
        entry.failures = entry.failures?.adding(failures) ?? failures
        if isDue { entry.dueAt = dueAt }
        entries[failures.key] = entry
    }

    /// Whether failures may be an event of their own, which is counted; those of many networks always are.
    fileprivate mutating func tellsApart(_ failures: LoginFailures) -> Bool {
        guard failures.key.network != nil else { return true }
        guard allowance > 0 else { return false }
        allowance -= 1
        return true
    }

    /// Adds what has become free.
    fileprivate mutating func refill(at now: UInt64) {
        let step = FailedLoginEvents.interval / FailedLoginEvents.perMinute
        let count = (now - min(now, refilledAt)) / step
        refilledAt += count * step
        allowance = Int(min(UInt64(FailedLoginEvents.capacity), UInt64(allowance) + count))
    }
}

/// A proof that was wrong, or was not examined after too many that were.
struct LoginFailure: Sendable {
    /// What failures have in common that are one event.
    struct Key: Hashable, Sendable {
        /// The account; nil where there is none.
        let account: UUID?
        /// Where it was tried; nil for many networks together.
        let network: Throttle.Network?
        /// What was tried.
        let method: SignInMethod
        /// The limit that refused it; nil where it was wrong.
        let limit: Throttle.Limit?
    }

    let key: Key
    let client: ClientContext
    let time: Timestamp
    /// Until when the limit refuses; nil without one.
    let until: Timestamp?
}

/// Failures that are one event.
struct LoginFailures: Sendable, Equatable {
    private(set) var key: LoginFailure.Key
    private(set) var count = 1
    private var address: String?
    private var agent: String?
    private var first: Timestamp
    private var last: Timestamp
    private var until: Timestamp?

    /// One failure.
    init(_ failure: LoginFailure) {
        key = failure.key
        (address, agent) = (failure.client.address, failure.client.userAgent)
        (first, last) = (failure.time, failure.time)
        until = failure.until
    }

    /// These and later ones; the client is that of the first.
    fileprivate func adding(_ later: LoginFailures) -> LoginFailures {
        var sum = self
        sum.count += later.count
        sum.first = min(first, later.first)
        sum.last = max(last, later.last)
        sum.until = [until, later.until].compactMap(\.self).max()
        return sum
    }

    /// The same where no more accounts and networks are told apart.
    fileprivate var ofManyNetworks: LoginFailures {
        var counted = self
        counted.key = LoginFailure.Key(
            account: nil, network: nil, method: key.method, limit: key.limit)
        (counted.address, counted.agent) = (nil, nil)
        return counted
    }

    /// Records them.
    fileprivate func record(in transaction: any Transaction) throws(AuthError) {
        let changes = [
            EventChange(.count, to: "\(count)"),
            EventChange(.method, to: key.method.rawValue),
            EventChange(.time, from: count > 1 ? first.rfc3339 : nil, to: last.rfc3339),
            key.limit.map { EventChange(.limit, to: $0.rawValue) },
            until.map { EventChange(.until, to: $0.rfc3339) },
        ]
        var account = key.account
        // What is recorded of an account after it was deleted would never be erased.
        if let id = account, try transaction.credential(id) == nil { account = nil }
        try transaction.record(
            key.limit == nil ? .loginFailed : .loginLocked, of: account, by: .client,
            from: EventClient(of: Cause(actor: .client, address: address, agent: agent)),
            changes.compactMap(\.self))
    }
}

extension AuthService {
    /// The most failures that one transaction records, so that no other write waits long for it.
    private static let failuresAtOnce = 100

    /// Records the failed logins that are due.
    ///
    /// Called by a thread of the server that serves no request, every half second or so, and when it stops.
    /// - Parameter isEnd: Whether those are due, too, whose minute has not ended.
    /// - Throws: `unavailable`; they are due again at the next call.
    public func recordFailedLogins(isEnd: Bool = false) throws(AuthError) {
        let events = context.throttle.failedLoginEvents
        var isMore = true
        while isMore {
            let due = events.take(limit: Self.failuresAtOnce, isEnd: isEnd)
            isMore = due.count == Self.failuresAtOnce
            guard !due.isEmpty else { return }
            do throws(AuthError) {
                try context.store.write { transaction throws(AuthError) in
                    for failures in due { try failures.record(in: transaction) }
                }
            } catch {
                events.putBack(due)
                throw error
            }
        }
    }
}
