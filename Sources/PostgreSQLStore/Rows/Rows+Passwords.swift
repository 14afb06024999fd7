import Auth
import Crypto
import ForeignPasswords
import StoreSupport

extension Row {
    /// The password in a column.
    ///
    /// - Throws: When it is none, or a foreign hash out of bounds.
    func password(_ column: Int32) throws(PostgreSQLError) -> StoredPassword {
        guard let password = StoredPassword(encoded: try bytes(column)) else {
            throw .unreadable("column data of a password")
        }
        return password
    }
}

extension SQLValue {
    /// A password, as the bytes of its text.
    static func password(_ password: StoredPassword) -> SQLValue { .bytes(password.encoded) }

    /// What column `cost` holds of a password.
    static func cost(_ password: StoredPassword) -> SQLValue { .integer(Int64(password.cost)) }
}

extension Connection {
    private static let passwords = "FROM credentials WHERE kind = 'password'"

    /// The most iterations that a stored password asks for; 0 without any password of lunauth's own.
    ///
    /// - Throws: Any fault.
    func maxPasswordIterations() throws(PostgreSQLError) -> Int {
        let found = try integer("SELECT coalesce(max(cost), 0) \(Self.passwords)")
        return Int(max(0, found))
    }

    /// A decoy for each profile of the foreign hashes that are stored: one step in the index each.
    ///
    /// - Throws: Any fault.
    func foreignDecoys() throws(PostgreSQLError) -> [ForeignHash] {
        try rows(
            """
            WITH RECURSIVE profiles (number, step) AS (
                SELECT (SELECT max(cost) \(Self.passwords) AND cost < 0), 1
                UNION ALL
                SELECT (SELECT max(cost) \(Self.passwords) AND cost < number), step + 1
                    FROM profiles
                    WHERE number IS NOT NULL AND step < \(InstanceState.maximumDecoys)
            )
            SELECT (SELECT data \(Self.passwords) AND cost = number LIMIT 1) FROM profiles
            WHERE number IS NOT NULL
            """
        ) { (row) throws(PostgreSQLError) -> ForeignHash? in
            guard case .foreign(let hash) = StoredPassword(encoded: try row.bytes(0)) else {
                return nil
            }
            return hash.decoy()
        }.compactMap { $0 }
    }
}
