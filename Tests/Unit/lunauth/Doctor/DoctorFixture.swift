import Auth
import Glibc
import TestSupport
import Testing

@testable import lunauth

extension Examination {
    /// The time of the tests.
    static let time = Timestamp(milliseconds: 1_800_000_000_000)

    /// A server that is examined.
    ///
    /// - Parameters:
    ///   - directory: The data directory; one that does not exist without it.
    ///   - file: Text of the configuration file.
    ///   - environment: All variables.
    ///   - host: The machine.
    ///   - backups: Where backups are looked for.
    /// - Returns: The server.
    /// - Throws: What is wrong with the configuration.
    static func of(
        _ directory: String = "/nonexistent/data", file: String? = nil,
        environment: [String: String] = [:], host: Host = Host(), backups: String = "/nonexistent"
    ) throws -> Examination {
        let layers = try layered(
            file: file,
            environment: environment.merging(["LUNAUTH_DATADIRECTORY": directory]) { $1 })
        let loaded = LoadedConfiguration(layers: layers, values: try layers.checked(), setup: nil)
        return Examination(
            loaded: loaded, host: host, request: DoctorRequest(backups: backups), now: time)
    }

    /// What one check finds.
    func findings(of id: String) throws -> [Finding] {
        try #require(Check.all.first { $0.id == id }).examine(self)
    }
}

/// Makes a file of a mode.
func make(_ path: String, _ text: String = "", mode: mode_t = 0o600) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    try #require(fputs(text, file) >= 0)
    try #require(chmod(path, mode) == 0)
}
