import Crypto
import Testing

@testable import PostgreSQLStore

struct ChangePositionsTests {
    private let first = UUID.random()
    private let second = UUID.random()

    private func found(
        _ latest: [(connection: UUID, sequence: Int64)], at time: Int64 = 1_000
    ) -> ChangeRows.Found {
        ChangeRows.Found(time: time, latest: latest)
    }

    @Test func `the latest number of each connection is kept`() {
        var positions = ChangePositions()
        func advances(to found: ChangeRows.Found) -> Bool { positions.advance(to: found) }
        #expect(advances(to: found([(first, 3), (second, 1)])))
        #expect(advances(to: found([(first, 7)])))
        #expect(
            Dictionary(uniqueKeysWithValues: zip(positions.connections, positions.sequences))
                == [first: 7, second: 1])
    }

    @Test func `a number that goes back is of a server that lost commits`() {
        var positions = ChangePositions()
        func advances(to found: ChangeRows.Found) -> Bool { positions.advance(to: found) }
        _ = advances(to: found([(first, 3)]))
        #expect(!advances(to: found([(first, 2)])))
    }

    @Test func `after a pause as long as rows are kept some may be missing`() {
        var positions = ChangePositions()
        func advances(to found: ChangeRows.Found) -> Bool { positions.advance(to: found) }
        _ = advances(to: found([], at: 0))
        #expect(advances(to: found([], at: ChangeRows.retention / 2 - 1)))
        #expect(!advances(to: found([], at: ChangeRows.retention)))
        #expect(advances(to: found([], at: ChangeRows.retention + 1)))
    }

    @Test func `connections that write no more are forgotten, however many there are`() {
        var positions = ChangePositions()
        func advances(to found: ChangeRows.Found) -> Bool { positions.advance(to: found) }
        let many = (0..<20_000).map { _ in (connection: UUID.random(), sequence: Int64(1)) }
        #expect(advances(to: found(many, at: 0)))
        let step = ChangeRows.retention / 4
        for time in stride(from: step, to: ChangePositions.retention, by: Int(step)) {
            #expect(advances(to: found([(first, time)], at: time)))
            #expect(positions.connections.count == many.count + 1)
        }
        #expect(advances(to: found([(second, 1)], at: ChangePositions.retention)))
        #expect(Set(positions.connections) == [first, second])
    }

    @Test func `changes are kept no longer than rows of connections, nor those than positions`() {
        #expect(ChangeRows.retention < CommitMarker.retention * 1_000)
        #expect(CommitMarker.retention * 1_000 < ChangePositions.retention)
    }
}
