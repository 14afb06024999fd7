/// A table as it moves from one database to another, of whatever kinds they are.
///
/// What one kind of database alone has is no part of it: numbers of rows, ids that SQLite does without, claims
/// that end with the daemon that has them.
public struct StoredTable: Sendable {
    /// A column, with the same name in each kind of database.
    public struct Column: Sendable, Equatable {
        /// The name.
        public let name: String
        /// What its values are.
        public let kind: StoredKind
        /// Whether it may be NULL.
        public let isOptional: Bool

        /// A column without NULL.
        static func required(_ name: String, _ kind: StoredKind) -> Column {
            Column(name: name, kind: kind, isOptional: false)
        }

        /// A column that may be NULL.
        static func optional(_ name: String, _ kind: StoredKind) -> Column {
            Column(name: name, kind: kind, isOptional: true)
        }
    }

    /// What the rows are sorted by, the same in each kind of database: they are compared in this order.
    public enum Order: Sendable, Equatable {
        /// The order in which they were inserted, which the copy keeps.
        case insertion
        /// Columns without NULL that no two rows have in common, unless these are equal in all columns. Texts are
        /// sorted by their octets.
        case columns([String])
    }

    /// The name.
    public let name: String
    /// What the rows are sorted by.
    public let order: Order
    /// The columns that move, in the order of the values of a row.
    public let columns: [Column]

    /// A table.
    init(_ name: String, order: Order, _ columns: [Column]) {
        self.name = name
        self.order = order
        self.columns = columns
    }
}
