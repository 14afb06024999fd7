import StoreSupport
import Synchronization
import System

/// How many mails wait to be sent, as it was counted within the last second, outside of units of work.
///
/// A unit of work that counts them would conflict with all others that queue a mail, and with every mail that
/// is sent. The limit of the outbox, for which it is counted, may be exceeded by what all daemons queue in a
/// second. Shared by all threads.
final class MailCount: Sendable {
    /// How often they are counted, in nanoseconds.
    static let interval = Duration.seconds(1).nanoseconds

    private let counted = Atomic<Int>(0)

    /// None.
    init() {}

    /// The mails.
    var value: Int { counted.load(ordering: .relaxed) }

    /// Counts them.
    ///
    /// - Parameter database: Without a transaction.
    /// - Throws: Any fault; the former count stays.
    func update(from database: Connection) throws(PostgreSQLError) {
        counted.store(try Self.count(in: database), ordering: .relaxed)
    }

    /// Counts them as they are now; in a unit of work, as that sees them.
    ///
    /// - Throws: Any fault.
    static func count(in database: Connection) throws(PostgreSQLError) -> Int {
        Int(try database.integer("SELECT count(*) FROM mails WHERE next_attempt_at IS NOT NULL"))
    }
}
