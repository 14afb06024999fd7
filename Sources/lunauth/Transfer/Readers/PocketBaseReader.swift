import Auth
import SQLiteStore

/// Reads the collection `users` in the database of PocketBase (`pb_data/data.db`).
///
/// Superusers and other collections stay where they are.
struct PocketBaseReader: ImportReader {
    private let table: ForeignTable
    private var number = 0

    init(_ path: String) throws {
        // `passwordHash` before version 0.23.
        table = try ForeignTable(
            "users",
            columns: ["email", "name", "password", "passwordHash", "verified", "created"], in: path)
    }

    mutating func next() throws -> ImportEntry? {
        guard let row = try table.next() else { return nil }
        number += 1
        return .account(number, row["email"] ?? "") { () throws(TransferProblem) in
            var account = AccountTransfer(email: try .imported(row["email"]))
            account.name = row["name"]?.nonEmpty
            account.isEmailVerified = row["verified"].map { $0 == "1" || $0 == "true" } ?? false
            account.createdAt = row["created"].flatMap(ForeignTime.parse)
            let hash = (row["password"] ?? row["passwordHash"])?.nonEmpty
            account.password = try hash.map(StoredPassword.init(foreign:))
            return account
        }
    }
}
