import Auth
import TestSupport

extension StoreUnderTest {
    /// Runs a unit of work on each of several threads at once.
    ///
    /// - Parameters:
    ///   - count: How many threads.
    ///   - work: Is given the number of its thread; may run more than once.
    /// - Returns: The error of each thread; nil where it committed.
    /// - Throws: When the process cannot have another thread.
    func race(
        _ count: Int = 10,
        _ work: @escaping @Sendable (Int, any Transaction) throws(AuthError) -> Void
    ) throws -> [AuthError?] {
        try inParallel(count) { index in
            failure { () throws(AuthError) in
                try store().write { transaction throws(AuthError) in try work(index, transaction) }
            }
        }
    }
}
