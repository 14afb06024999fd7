import Crypto

/// How far the changes of each connection were read.
struct ChangePositions: Equatable {
    /// The most connections: beyond, everything is read from the beginning, which forgets those that were
    /// closed.
    static let maximum = 10_000

    private var positions: [UUID: Int64] = [:]
    /// When they were read last, by the clock of the server, in microseconds.
    private var time: Int64?

    /// Nothing was read.
    init() {}

    /// The connections.
    var connections: [UUID] { Array(positions.keys) }

    /// Their numbers, in the same order.
    var sequences: [Int64] { Array(positions.values) }

    /// Moves on.
    ///
    /// - Parameter found: What was read.
    /// - Returns: False where something may be missing: a number went back, as on a server that lost commits;
    ///   rows may have been removed before they were read; too many connections are known.
    mutating func advance(to found: ChangeRows.Found) -> Bool {
        var isComplete = time.map { found.time - $0 < ChangeRows.retention / 2 } ?? true
        time = found.time
        for (connection, sequence) in found.latest {
            if let before = positions[connection], sequence < before { isComplete = false }
            positions[connection] = sequence
        }
        return isComplete && positions.count <= Self.maximum
    }
}
