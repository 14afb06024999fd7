import Crypto

/// How far the changes of each connection were read.
struct ChangePositions: Equatable {
    /// How long that of a connection is kept which writes no more, by the clock of the server, in
    /// microseconds.
    ///
    /// Beyond its row and its changes: where it writes later, nothing is read again. So there are about as
    /// many positions as rows of connections.
    static let retention = 3 * ChangeRows.retention

    private struct Position: Equatable {
        let sequence: Int64
        /// When it was read first, by the clock of the server, in microseconds.
        let time: Int64
    }

    private var positions: [UUID: Position] = [:]
    /// When they were read last, by the clock of the server, in microseconds.
    private var time: Int64?

    /// Nothing was read.
    init() {}

    /// The connections.
    var connections: [UUID] { Array(positions.keys) }

    /// Their numbers, in the same order.
    var sequences: [Int64] { positions.values.map(\.sequence) }

    /// Moves on.
    ///
    /// - Parameter found: What was read.
    /// - Returns: False where something may be missing: a number went back, as on a server that lost commits;
    ///   rows may have been removed before they were read.
    mutating func advance(to found: ChangeRows.Found) -> Bool {
        var isComplete = time.map { found.time - $0 < ChangeRows.retention / 2 } ?? true
        time = found.time
        for (connection, sequence) in found.latest {
            if let before = positions[connection], sequence < before.sequence {
                isComplete = false
            }
            positions[connection] = Position(sequence: sequence, time: found.time)
        }
        positions = positions.filter { found.time - $0.value.time < Self.retention }
        return isComplete
    }
}
