import Crypto
import StoreSupport

/// Rows of every table that moves, each with a row that has all values and one that has no more than it must.
final class SampleRows: CopyTarget {
    /// The rows by the names of their tables.
    private(set) var rows: [String: [[StoredValue]]] = [:]

    private let accounts: [UUID]

    /// Nothing yet.
    init() { accounts = [] }

    /// - Parameter count: How many accounts and sessions there are; at least two.
    init(accounts count: Int) {
        accounts = (0..<count).map { _ in .random() }
        for table in StoredTable.all {
            let count = ["accounts", "sessions"].contains(table.name) ? count : 2
            // Those that one row may be in, or one of each account.
            let single = ["data_key", "audit_chain", "audit_keys"].contains(table.name)
            rows[table.name] = (0..<(single ? 1 : count)).map { place in
                table.columns.map { column in value(of: column, in: table.name, at: place) }
            }
        }
    }

    func append(_ rows: [[StoredValue]], to table: StoredTable) {
        self.rows[table.name, default: []] += rows
    }

    func read(_ table: StoredTable, _ body: ([[StoredValue]]) throws -> Void) throws {
        var rest = (rows[table.name] ?? [])[...]
        while !rest.isEmpty {
            try body(Array(rest.prefix(StoreCopy.batch)))
            rest = rest.dropFirst(StoreCopy.batch)
        }
    }

    private func value(
        of column: StoredTable.Column, in table: String, at place: Int
    ) -> StoredValue {
        if let chosen = choice(of: column.name, in: table, at: place) { return chosen }
        guard !column.isOptional || place == 0 else { return .null }
        switch column.kind {
        case .boolean: return .boolean(place == 0)
        case .integer:
            return .integer(column.name == "key" ? 1 : 1_700_000_000_000 + Int64(place))
        case .text: return .text("\(table) \(column.name) ä\u{1F319} \(place)")
        case .bytes:
            return .bytes(octets(of: column.name, at: place))
        case .id:
            let isOfAccount = ["account_id", "created_by"].contains(column.name)
            return .id(table == "accounts" || isOfAccount ? accounts[place] : .random())
        }
    }

    /// What a constraint demands.
    private func choice(of column: String, in table: String, at place: Int) -> StoredValue? {
        switch (table, column) {
        case ("accounts", "role"): .text(place == 0 ? "owner" : "user")
        case ("credentials", "kind"): .text(place == 0 ? "passkey" : "password")
        case ("credentials", "data") where place == 1:
            .bytes(Array("$pbkdf2-sha256$i=600000$c2FsdA$aGFzaA".utf8))
        case ("credentials", "cost"): place == 0 ? .null : .integer(600_000)
        case ("failed_logins", "subject"): .text(place == 0 ? "account" : "known")
        case ("settings", "name"), ("text_settings", "name"): .text(place == 0 ? "A" : "a")
        case ("account_terms", "term"): .text(place == 0 ? "Z" : "ä")
        case ("recipient_mails", "share"): .text(place == 0 ? "links" : "notices")
        case (_, "role"): .text("member")
        case (_, "tier"): .text("pro")
        case (_, "status"): .text("pending")
        case (_, "language"): place == 0 ? .text("de") : .null
        case (_, "actor"): .text("account")
        case (_, "purpose"): .text("reset_password")
        case (_, "scopes"): .integer(7)
        default: nil
        }
    }

    private func octets(of column: String, at place: Int) -> [UInt8] {
        let count =
            switch column {
            case "mac": 36
            case "signature": 64
            case "details": 0
            default: 32
            }
        let number = UInt8(truncatingIfNeeded: place), high = UInt8(truncatingIfNeeded: place >> 8)
        return count == 0 ? [] : [0, high, number] + [UInt8](repeating: 0xFF, count: count - 3)
    }
}
