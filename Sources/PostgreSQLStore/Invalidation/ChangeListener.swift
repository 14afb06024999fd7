import Crypto
import StoreSupport
import System

/// The thread that keeps what is in memory no older than a second.
///
/// It looks for changes as soon as it is told that there are some, and several times a second in any case: a
/// notification may be lost, and behind a proxy that pools transactions none arrives. For the same reason it
/// tells others after the commit, and not as a part of it: a transaction that notifies commits alone, one after
/// another with every other that does.
///
/// Confined to its thread, with a connection of its own, which another thread opens: a server that is gone without
/// a word takes seconds to be given up. While it has none, it looks on those of the requests.
final class ChangeListener {
    /// How long after a look at the changes the next one comes, in nanoseconds.
    static let interval: UInt64 = 400_000_000
    /// The shortest time between two looks, and between two notifications, in nanoseconds.
    private static let spacing: UInt64 = 20_000_000
    /// How long a look may take, in nanoseconds: a server that is slower is not reached.
    private static let limit: UInt64 = 2_000_000_000
    /// How long a look on a connection of the requests may take, in nanoseconds.
    private static let poolLimit: UInt64 = 1_000_000_000

    private let instance: SharedState
    private let freshness: Freshness
    private let announcer: Announcer
    private let own: PoolCore
    private let id = UUID.random().description
    private var follower: ChangeFollower
    /// Whether the latest look was one on a connection of the requests, and succeeded.
    private var followsOnPool = false
    private var backoff = ReconnectBackoff()

    /// A listener that has not begun.
    ///
    /// - Parameters:
    ///   - instance: What it keeps up to date.
    ///   - freshness: What it confirms.
    ///   - announcer: What it waits on.
    ///   - own: Has its connection: to the server itself, if that is known.
    init(
        _ instance: SharedState, _ freshness: Freshness, _ announcer: Announcer,
        own: PoolCore
    ) {
        self.instance = instance
        self.freshness = freshness
        self.announcer = announcer
        self.own = own
        follower = ChangeFollower(instance, freshness)
    }

    /// Follows the changes until it is closed.
    func run() {
        while !announcer.isClosed {
            do throws(PostgreSQLError) {
                try followOnOwn()
            } catch {
                instance.invalidations.note(isNotified: nil)
                followOnPool(until: MonotonicClock.now() + backoff.fail())
            }
        }
        own.close()
    }

    private func followOnOwn() throws(PostgreSQLError) {
        let database = try own.take(until: MonotonicClock.now() + Self.interval)
        do throws(PostgreSQLError) {
            try follow(on: database)
        } catch {
            own.lose()
            throw error
        }
    }

    /// Looks on connections of the requests until it is time to ask for its own again.
    private func followOnPool(until time: UInt64) {
        while !announcer.isClosed {
            lookOnPool()
            let now = MonotonicClock.now()
            guard now < time else { return }
            rest(until: min(time, now + Self.interval))
        }
    }

    /// Looks once; the database is lost only where no request reaches it either.
    private func lookOnPool() {
        let start = MonotonicClock.now()
        let (follower, isFollowing) = (follower, followsOnPool)
        do throws(PostgreSQLError) {
            self.follower = try instance.pool.withConnection(until: start + Self.poolLimit) {
                database in
                Result { () throws(PostgreSQLError) in
                    var next = follower
                    if isFollowing {
                        try next.catchUp(on: database)
                    } else {
                        try next.begin(on: database)
                    }
                    return next
                }
            }.get()
            followsOnPool = true
        } catch {
            followsOnPool = false
            if !instance.pool.hasAnswer(since: start) { freshness.lose() }
        }
    }

    private func follow(on database: Connection) throws(PostgreSQLError) {
        followsOnPool = false
        database.deadline = MonotonicClock.now() + Self.limit
        try database.listen(to: Connection.changes)
        try probe(database)
        database.deadline = MonotonicClock.now() + Self.limit
        try follower.begin(on: database)
        backoff.succeed()
        var nextLook = MonotonicClock.now() + Self.interval
        var (earliestLook, earliestWord) = (UInt64(0), UInt64(0))
        var (isTold, hasWord) = (false, false)
        while !announcer.isClosed {
            if try database.takeNotifications().contains(where: { $0.payload != id }) {
                isTold = true
            }
            hasWord = announcer.takeChanges() || hasWord
            let now = MonotonicClock.now()
            database.deadline = now + Self.limit
            if hasWord, now >= earliestWord {
                try database.notifyOfChanges(id)
                hasWord = false
                earliestWord = now + Self.spacing
            } else if now >= (isTold ? earliestLook : nextLook) {
                isTold = false
                try follower.catchUp(on: database)
                earliestLook = now + Self.spacing
                nextLook = now + Self.interval
            } else {
                announcer.wait(
                    for: database.socket,
                    until: min(
                        isTold ? earliestLook : nextLook, hasWord ? earliestWord : nextLook))
            }
        }
    }

    private func probe(_ database: Connection) throws(PostgreSQLError) {
        let isNotified = try NotificationProbe.run(on: database) { text in
            let deadline = MonotonicClock.now() + NotificationProbe.time
            let isSent = Result { () throws(PostgreSQLError) in
                try instance.pool.withConnection(until: deadline) { other in
                    Result { () throws(PostgreSQLError) in try other.notifyOfChanges(text) }
                }.get()
            }
            return (try? isSent.get()) != nil
        }
        instance.invalidations.note(isNotified: isNotified)
    }

    private func rest(until time: UInt64) {
        while !announcer.isClosed, MonotonicClock.now() < time {
            announcer.wait(for: nil, until: time)
        }
    }
}
