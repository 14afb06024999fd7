/// Where a value of the configuration comes from.
enum ConfigurationSource: Sendable, Equatable, CustomStringConvertible {
    /// The default: no source sets it.
    case standard
    /// A configuration file, by the name it was given.
    case file(String)
    /// What first-run setup stored in `setup.json`.
    case setup
    /// What first-run setup stored in a database that several daemons use.
    case database
    /// An environment variable.
    case environment(String)
    /// A file that an environment variable names, for a secret.
    case secretFile(variable: String, path: String)
    /// A credential of systemd, for a secret.
    case credential(String)

    /// As `lunauth check` prints it.
    var description: String {
        switch self {
        case .standard: "default"
        case .file(let name): name
        case .setup: "setup.json"
        case .database: "database"
        case .environment(let variable): "environment \(variable)"
        case .secretFile(let variable, let path): "\(variable) \(path)"
        case .credential(let name): "credential \(name)"
        }
    }
}
