import Auth
import JSON
import PostgreSQLStore

extension ConfigurationFormat<Configuration.Database.Location> {
    /// A database: what kind, and which.
    static let database = Self(
        expected: "\"sqlite:\" and a name of 1 to 64 letters, digits, \"_\" and \"-\", or "
            + "\"postgres://user@host:5432/name\"",
        notation: .text,
        read: { json in
            guard let text = json.text else { return nil }
            guard !DatabaseAddress.isMeant(by: text) else {
                return (try? DatabaseAddress(parsing: text)).map { .postgreSQL($0) }
            }
            guard text.hasPrefix("sqlite:") else { return nil }
            let name = String(text.dropFirst("sqlite:".count))
            return DatabaseName.isValid(name) ? .sqlite(name: name) : nil
        },
        write: { location in
            switch location {
            case .sqlite(let name): "sqlite:\(name)"
            case .postgreSQL(let address): address.text
            }
        },
        explain: { $0.addressProblem })
}

extension ConfigurationFormat<DatabaseAddress?> {
    /// The address of a PostgreSQL database, or none.
    static let databaseAddress = Self(
        expected: "\"postgres://user@host:5432/name\", or nothing", notation: .text,
        read: { json in
            guard let text = json.text else { return nil }
            return text.isEmpty ? .some(nil) : (try? DatabaseAddress(parsing: text)).map { $0 }
        },
        write: { $0?.text ?? "" }, explain: { $0.addressProblem })
}

extension JSONValue {
    /// Why a text that is meant as the address of a PostgreSQL database is none; quotes no secret.
    fileprivate var addressProblem: String? {
        guard let text, DatabaseAddress.isMeant(by: text) else { return nil }
        do throws(AddressError) {
            _ = try DatabaseAddress(parsing: text)
            return nil
        } catch {
            return error.description
        }
    }
}
