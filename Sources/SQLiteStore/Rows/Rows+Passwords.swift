import Auth
import Crypto
import ForeignPasswords

/// How the bytes of a password are written.
///
/// lunauth's own hash is its PHC text, in which `i=` and the iterations are found. A foreign one is `i=-`, the
/// number of its profile, a colon and its text: the index of costs orders foreign hashes by their profiles, below
/// all others, and finds which profiles there are without reading the rows.
private enum PasswordBytes {
    static let foreign = Array("i=-".utf8)

    /// From 1 on; two profiles that share a number share a decoy.
    static func number(of profile: String) -> Int { Int(CRC32.checksum(profile.utf8)) + 1 }

    static func decode(_ bytes: [UInt8]) -> StoredPassword? {
        guard bytes.starts(with: foreign) else {
            return String(validating: bytes, as: UTF8.self).flatMap(PasswordHash.init(phc:))
                .map(StoredPassword.own)
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let text = String(validating: bytes[(colon + 1)...], as: UTF8.self),
            let hash = try? ForeignHash(text)
        else { return nil }
        return .foreign(hash)
    }

    static func encode(_ password: StoredPassword) -> [UInt8] {
        switch password {
        case .own(let hash): Array(hash.phc.utf8)
        case .foreign(let hash): foreign + "\(number(of: hash.profile)):\(hash.text)".utf8
        }
    }
}

extension Row {
    /// The password in a column.
    ///
    /// - Throws: When it is none, or a foreign hash out of bounds.
    func password(_ column: Int32) throws(SQLiteError) -> StoredPassword {
        guard let password = PasswordBytes.decode(try blob(column)) else {
            throw .unreadable("column data of a password")
        }
        return password
    }
}

extension SQLValue {
    /// A password, as the bytes of its text.
    static func password(_ password: StoredPassword) -> SQLValue {
        .blob(PasswordBytes.encode(password))
    }
}

extension Database {
    /// The expression of the index of costs: iterations, or less the number of a foreign profile.
    private static let cost = "CAST(substr(data, instr(data, X'693D') + 2) AS INTEGER)"

    /// The most iterations that a stored password asks for, from the index of just this expression; 0
    /// without any password of lunauth's own.
    ///
    /// - Throws: Any fault of SQLite.
    func maxPasswordIterations() throws(SQLiteError) -> Int {
        let found = try integer(
            "SELECT coalesce(max(\(Self.cost)), 0) FROM credentials WHERE kind = 'password'")
        // A row that cannot be read fails its own login, not everybody's.
        let highest = Int64(PasswordHash.iterationBounds.upperBound)
        return Int(clamping: max(0, min(found, highest)))
    }

    /// A decoy for each profile of the foreign hashes that are stored: one step in the index each.
    ///
    /// - Throws: Any fault of SQLite.
    func foreignDecoys() throws(SQLiteError) -> [ForeignHash] {
        let passwords = "FROM credentials WHERE kind = 'password' AND \(Self.cost)"
        return try rows(
            """
            WITH RECURSIVE profiles (number) AS (
                SELECT (SELECT max(\(Self.cost)) \(passwords) < 0)
                UNION ALL
                SELECT (SELECT max(\(Self.cost)) \(passwords) < number) FROM profiles
                    WHERE number IS NOT NULL LIMIT \(InstanceState.maximumDecoys)
            )
            SELECT (SELECT data \(passwords) = number LIMIT 1) FROM profiles
            WHERE number IS NOT NULL
            """
        ) { (row) throws(SQLiteError) -> ForeignHash? in
            guard case .foreign(let hash) = PasswordBytes.decode(try row.blob(0)) else {
                return nil
            }
            return hash.decoy()
        }.compactMap { $0 }
    }
}
