import Auth
import Bytes
import SQLiteStore

/// Reads the accounts in the SQLite database of Lunalytics.
///
/// What it calls verified is an approval, so who lacks it waits for one; no address counts as confirmed. Permissions
/// have no counterpart: all but the owner become members.
struct LunalyticsReader: ImportReader {
    private let table: ForeignTable
    private var number = 0

    init(_ path: String) throws {
        table = try ForeignTable(
            "user",
            columns: [
                "email", "displayName", "password", "isOwner", "isVerified", "createdAt",
                "created_at",
            ], in: path)
    }

    mutating func next() throws -> ImportEntry? {
        guard let row = try table.next() else { return nil }
        number += 1
        let isOwner = row["isOwner"] == "1"
        return .account(
            number, row["email"] ?? "", remarks: isOwner ? [] : ["permissions are not moved"]
        ) { () throws(TransferProblem) in
            var account = AccountTransfer(email: try .imported(row["email"]))
            account.name = row["displayName"]?.nonEmpty
            account.role = isOwner ? .owner : .member
            account.status = row["isVerified"] == "1" ? .active : .pending
            account.isEmailVerified = false
            account.createdAt = (row["createdAt"] ?? row["created_at"]).flatMap(Self.time)
            account.password = try row["password"]?.nonEmpty.map(StoredPassword.init(foreign:))
            return account
        }
    }

    /// A text, or milliseconds since 1970.
    private static func time(_ text: String) -> Timestamp? {
        if let number = Decimal.parse(text.utf8) { return ForeignTime.milliseconds(Int64(number)) }
        return ForeignTime.parse(text)
    }
}
