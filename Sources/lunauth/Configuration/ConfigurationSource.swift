/// Where a value of the configuration comes from.
enum ConfigurationSource: Sendable, Equatable, CustomStringConvertible {
    /// Nobody decided: the default.
    case standard
    /// A configuration file, by the name it was given.
    case file(String)
    /// What first-run setup stored.
    case setup
    /// An environment variable.
    case environment(String)

    /// As `lunauth check` prints it.
    var description: String {
        switch self {
        case .standard: "default"
        case .file(let name): name
        case .setup: "setup.json"
        case .environment(let variable): "environment \(variable)"
        }
    }
}
