/// Where the server of a command is.
struct ServerLocation: Equatable {
    /// Its configuration file, as messages name it; nil when it has none.
    var file: String?
    /// Variables of the service that the process itself was not started with.
    var environment: [String: String] = [:]
}

/// What a command wants of its server.
enum ServerNeed {
    /// To run the server: its data are where the configuration says, or here.
    case start
    /// To work with one that is there.
    case existing
    /// To make one where there is none.
    case existingOrNew
    /// To tell what it would use.
    case report
}

/// A command found no server.
struct ServerNotFound: Error, CustomStringConvertible {
    /// The places where it looked, each with the reason why that is none.
    let places: [String]

    /// For standard error: where it looked and how to name the place.
    var description: String {
        """
        no server was found; looked at:
        \(places.map { "  \($0)" }.joined(separator: "\n"))
        name its configuration with --config FILE, or its directory with \
        LUNAUTH_DATADIRECTORY=DIRECTORY (`lunauth serve`, `restore` and `user create` make a new one)
        """
    }
}
