/// Why a text is no address of a PostgreSQL database; quotes no part of it that may be a secret.
public enum AddressError: Error, Sendable, Equatable {
    /// It does not begin with `postgres://` or `postgresql://`.
    case notPostgreSQL
    /// It contains a password.
    case password
    /// A `%` without two hexadecimal digits after it, `%00`, or what is no UTF-8.
    case escape
    /// A server has no name, no port of 1 to 65535, or an unclosed bracket.
    case host
    /// It names no database.
    case noDatabase
    /// There is no such parameter.
    case unknownParameter(String)
    /// A parameter is given twice, or a socket and servers at once.
    case repeated(AddressParameter)
    /// A parameter has a value that it cannot have.
    case value(AddressParameter)
    /// `verify-ca` trusts everything that the named authority signed, so it has to be named.
    case noAuthority
}

extension AddressError: CustomStringConvertible {
    /// What is wrong, and what is expected.
    public var description: String {
        switch self {
        case .notPostgreSQL: "expected postgres://user@host:5432/name"
        case .password:
            """
            the address contains a password, which logs and process lists would show: remove it, and put it \
            into LUNAUTH_DATABASE_PASSWORD_FILE, LUNAUTH_DATABASE_PASSWORD, a passfile or PGPASSWORD
            """
        case .escape: "expected two hexadecimal digits after each % of the address, and UTF-8"
        case .host:
            "expected the servers as host:5432, [::1]:5432 or /directory, separated by commas"
        case .noDatabase:
            "expected the name of the database after the servers, as in postgres://host/name"
        case .unknownParameter(let name):
            """
            there is no parameter \(name) of the address; there are \
            \(AddressParameter.allCases.map(\.rawValue).joined(separator: ", "))
            """
        case .repeated(let parameter): "\(parameter.rawValue) is given twice in the address"
        case .value(let parameter):
            "\(parameter.rawValue) in the address: expected \(parameter.expected)"
        case .noAuthority:
            "sslmode=verify-ca needs sslrootcert, the file of the authority, beside it"
        }
    }
}
