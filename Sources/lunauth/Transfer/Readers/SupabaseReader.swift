import Auth
import Crypto

/// Reads the table `auth.users` of Supabase: a CSV file with a line of names, or a dump of pg_dump with its
/// rows in a COPY block.
struct SupabaseReader: ImportReader {
    static let maximumBytes = 1 << 20

    private var rows: TableRows

    init(_ lines: LineSource) throws {
        rows = try TableRows(lines, table: "users", of: "auth", column: "encrypted_password")
    }

    /// Whether a ban lasts; one whose end is not a time, as `infinity`, does.
    private static func isBanned(_ end: String?) -> Bool {
        guard let end else { return false }
        return ForeignTime.parse(end).map { $0 > WallClock.now() } ?? true
    }

    mutating func next() throws -> ImportEntry? {
        guard let row = try rows.next() else { return nil }
        let email = row["email"] ?? ""
        return .account(rows.number, email) { () throws(TransferProblem) in
            guard row["deleted_at"] == nil else { throw TransferProblem("was deleted") }
            var account = AccountTransfer(email: try .imported(email))
            account.id = row["id"].flatMap { UUID(parsing: $0.utf8) }
            account.createdAt = row["created_at"].flatMap(ForeignTime.parse)
            account.emailVerifiedAt = row["email_confirmed_at"].flatMap(ForeignTime.parse)
            account.isEmailVerified = account.emailVerifiedAt != nil
            account.status = Self.isBanned(row["banned_until"]) ? .disabled : .active
            account.password = try row["encrypted_password"].map(StoredPassword.init(foreign:))
            return account
        }
    }
}
