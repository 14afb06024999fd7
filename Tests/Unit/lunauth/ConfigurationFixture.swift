import Testing

@testable import lunauth

/// A configuration as a daemon in `/srv` reads it.
///
/// - Parameters:
///   - file: Text of `/etc/lunauth/config.json`; nil where there is no file.
///   - environment: All variables.
/// - Returns: The configuration, before what setup stored is applied.
/// - Throws: What is wrong.
func layered(
    file: String? = nil, environment: [String: String] = [:]
) throws(ConfigurationError) -> LayeredConfiguration {
    let file = file.map { text in
        ConfigurationFile(
            name: "/etc/lunauth/config.json", workingDirectory: "/srv", bytes: Array(text.utf8))
    }
    return try LayeredConfiguration(
        file: file, environment: environment, workingDirectory: "/srv")
}

/// What is wrong with a configuration; empty where nothing is.
func problems(
    file: String? = nil, environment: [String: String] = [:]
) -> [ConfigurationError.Problem] {
    do {
        _ = try layered(file: file, environment: environment).checked()
        return []
    } catch {
        return error.problems
    }
}

/// A file that gives one key, by its path, a value in JSON.
func file(_ path: String, _ value: String) -> String {
    path.split(separator: ".").reversed().reduce(value) { "{\"\($1)\":\($0)}" }
}
