import Auth
import Crypto
import ForeignPasswords
import StoreSupport

extension Row {
    /// The password in a column.
    ///
    /// - Throws: When it is none, or a foreign hash out of bounds.
    func password(_ column: Int32) throws(SQLiteError) -> StoredPassword {
        guard let password = StoredPassword(encoded: try blob(column)) else {
            throw .unreadable("column data of a password")
        }
        return password
    }
}

extension SQLValue {
    /// A password, as the bytes of its text.
    static func password(_ password: StoredPassword) -> SQLValue {
        .blob(password.encoded)
    }
}

extension Database {
    /// The expression of the index of costs: iterations, or less the number of a foreign profile.
    static let passwordCost = "CAST(substr(data, instr(data, X'693D') + 2) AS INTEGER)"

    /// The most iterations that a stored password asks for, from the index of just this expression; 0
    /// without any password of lunauth's own.
    ///
    /// - Throws: Any fault of SQLite.
    func maxPasswordIterations() throws(SQLiteError) -> Int {
        let found = try integer(
            "SELECT coalesce(max(\(Self.passwordCost)), 0) FROM credentials WHERE kind = 'password'"
        )
        // A row that cannot be read fails its own login, not everybody's.
        let highest = Int64(PasswordHash.iterationBounds.upperBound)
        return Int(clamping: max(0, min(found, highest)))
    }

    /// A decoy for each profile of the foreign hashes that are stored: one step in the index each.
    ///
    /// - Throws: Any fault of SQLite.
    func foreignDecoys() throws(SQLiteError) -> [ForeignHash] {
        let passwords = "FROM credentials WHERE kind = 'password' AND \(Self.passwordCost)"
        return try rows(
            """
            WITH RECURSIVE profiles (number) AS (
                SELECT (SELECT max(\(Self.passwordCost)) \(passwords) < 0)
                UNION ALL
                SELECT (SELECT max(\(Self.passwordCost)) \(passwords) < number) FROM profiles
                    WHERE number IS NOT NULL LIMIT \(InstanceState.maximumDecoys)
            )
            SELECT (SELECT data \(passwords) = number LIMIT 1) FROM profiles
            WHERE number IS NOT NULL
            """
        ) { (row) throws(SQLiteError) -> ForeignHash? in
            guard case .foreign(let hash) = StoredPassword(encoded: try row.blob(0)) else {
                return nil
            }
            return hash.decoy()
        }.compactMap { $0 }
    }
}
