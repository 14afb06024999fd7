/// A database that is read as of one moment.
public protocol CopySource: AnyObject {
    /// Reads all rows of a table in its order, some at one time.
    ///
    /// - Parameters:
    ///   - table: Which.
    ///   - body: Gets the next rows, at most `StoreCopy.batch`.
    /// - Throws: What keeps it from being read, and what `body` throws.
    func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws
}

/// A database that is filled, and is empty or complete after that: never a part of either.
public protocol CopyTarget: CopySource {
    /// Adds rows behind those before.
    ///
    /// - Parameters:
    ///   - rows: Values in the order of the columns.
    ///   - table: Empty before the first of its rows.
    /// - Throws: What keeps them from being added.
    func append(_ rows: [[StoredValue]], to table: StoredTable) throws
}

/// Copies everything from one database into another, of whatever kinds they are, and compares them.
public struct StoreCopy {
    /// The most rows in memory at one time.
    public static let batch = 500

    /// What was copied of a table.
    public struct Table: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// What both databases have.
        public let summary: TableSummary
    }

    private let source: any CopySource
    private let target: any CopyTarget

    /// A copy that has not begun.
    ///
    /// - Parameters:
    ///   - source: Is not changed.
    ///   - target: Empty.
    public init(from source: any CopySource, to target: any CopyTarget) {
        self.source = source
        self.target = target
    }

    /// Copies all tables, then reads them again from the target.
    ///
    /// - Returns: What was copied, in the order of `StoredTable.all`.
    /// - Throws: `CopyDifference` where the target has not what the source has; any fault of either.
    public func run() throws -> [Table] {
        let copied = try StoredTable.all.map { table in
            var digest = TableDigest()
            try source.read(table) { rows in
                digest.add(rows)
                try target.append(rows, to: table)
            }
            return Table(name: table.name, summary: digest.summary)
        }
        for (table, expected) in zip(StoredTable.all, copied) {
            var digest = TableDigest()
            try target.read(table) { digest.add($0) }
            let found = digest.summary
            guard found == expected.summary else {
                throw CopyDifference(
                    table: table.name, expected: expected.summary.rows, found: found.rows)
            }
        }
        return copied
    }
}

/// A copy that is not what it was made of.
public struct CopyDifference: Error, Equatable, CustomStringConvertible {
    /// The table.
    let table: String
    /// How many rows were read.
    let expected: Int
    /// How many rows there are.
    let found: Int

    /// What differs, and that nothing of it stays.
    public var description: String {
        expected == found
            ? "a row of \(table) was not copied as it is: the copy was discarded"
            : "\(table) has \(found) rows after the copy, not \(expected): the copy was discarded"
    }
}
