import Glibc
import System

/// Looks for the server that a command concerns.
///
/// In this order: what `--config` or `LUNAUTH_DATADIRECTORY` names; `./config.json`; `./data`, where a
/// server lived; the server that `make install` and its systemd unit put in place. For root only what
/// root alone can write counts (``RootOnly``).
struct ServerSearch {
    /// Where relative names begin; absolute.
    var workingDirectory: String
    /// All variables of the process.
    var environment: [String: String]
    /// Whether the process is root's.
    var isRoot: Bool
    /// The unit's `ConfigurationDirectory=`.
    var installedConfiguration = "/etc/lunauth"
    /// The unit's `StateDirectory=`.
    var installedData = "/var/lib/lunauth"
    /// Where systemd shows the unit's credentials to root while the service runs.
    var installedCredentials = "/run/credentials/lunauth.service"

    private static let dataVariable = "LUNAUTH_DATADIRECTORY"
    /// More than any file of variables needs.
    private static let maximumBytes = 1 << 16
    /// What a server leaves in its directory: any one of these shows that it was there.
    private var traces: [String] {
        let database = environment["LUNAUTH_DATABASE"]?.split(separator: ":").last ?? "lunauth"
        return ["setup.json", "secret.key", "\(database).db"]
    }

    /// The location of the server.
    ///
    /// - Parameters:
    ///   - named: The value of `--config`.
    ///   - need: What is wanted of it.
    /// - Returns: Where it is, or for a server that may be new, where it will be.
    /// - Throws: `ServerNotFound`; `ConfigurationError` for files that root must not read.
    func location(named: String?, for need: ServerNeed) throws -> ServerLocation {
        if let named {
            let isInstalled = need != .start && isInstalledFile(named)
            return isInstalled ? try installed() : ServerLocation(file: named)
        }
        let (standard, objection) = standardFile()
        if need == .start {
            try Self.refuseUnused(objection)
            return ServerLocation(file: standard)
        }
        if let directory = environment[Self.dataVariable] {
            let isInstalled = isRoot && standard == nil && directory == installedData
            return isInstalled ? try installed() : ServerLocation(file: standard)
        }
        if let standard {
            return isInstalledFile(standard) ? try installed() : ServerLocation(file: standard)
        }
        let data = data()
        guard data != .server else { return ServerLocation() }
        if exists(installedConfiguration, "config.json")
            || exists(installedConfiguration, "environment") || exists(installedData)
        {
            return try installed()
        }
        if need == .report {
            try Self.refuseUnused(objection)
            return ServerLocation()
        }
        let isSafe = !isRoot || RootOnly.objection(to: ".", in: workingDirectory) == nil
        if need == .existingOrNew, isSafe, objection == nil, data.isFree { return ServerLocation() }
        let file = objection.map(Self.unused) ?? "not there"
        throw ServerNotFound(places: [
            "\(workingDirectory)/\(ConfigurationFile.standardName): \(file)",
            "\(workingDirectory)/data: \(data)",
            "\(installedConfiguration)/config.json and \(installedData): not there",
        ])
    }

    /// `./config.json`, where it counts; else why it does not, nil where it is not there.
    private func standardFile() -> (name: String?, objection: String?) {
        let name = ConfigurationFile.standardName
        guard exists(workingDirectory, name) else { return (nil, nil) }
        guard isRoot, let objection = RootOnly.objection(to: name, in: workingDirectory) else {
            return (name, nil)
        }
        return (nil, objection)
    }

    /// What `./data` is.
    private func data() -> DataHere {
        let data = "\(workingDirectory)/data"
        guard exists(data) else { return .absent }
        guard traces.contains(where: { exists(data, $0) }) else { return .empty }
        guard isRoot, let objection = RootOnly.objection(to: "data", in: workingDirectory) else {
            return .server
        }
        return .unused(Self.unused(objection))
    }

    /// The server that the systemd unit runs: with its files, its variables and its directory.
    private func installed() throws(ConfigurationError) -> ServerLocation {
        var location = ServerLocation()
        let file = "\(installedConfiguration)/config.json"
        if exists(file) {
            try requireSafe("config.json")
            location.file = file
        }
        // As in systemd, the file takes precedence over the unit.
        var variables = [Self.dataVariable: installedData]
        variables.merge(try installedVariables()) { $1 }
        variables = variables.filter { $0.key.hasPrefix("LUNAUTH_") }
        if unsafe access(installedCredentials, R_OK | X_OK) == 0 {
            variables["CREDENTIALS_DIRECTORY"] = installedCredentials
        }
        location.environment = variables.filter { environment[$0.key] == nil }
        return location
    }

    private func installedVariables() throws(ConfigurationError) -> [String: String] {
        let path = "\(installedConfiguration)/environment"
        guard exists(path) else { return [:] }
        try requireSafe("environment")
        let file = try ConfigurationFile.read(named: path, workingDirectory: "/")
        guard let bytes = file?.bytes, bytes.count <= Self.maximumBytes,
            let read = EnvironmentFile(bytes)
        else {
            throw ConfigurationError(problems: [
                .unreadable(file: path, reason: "not UTF-8, or larger than 64 KiB")
            ])
        }
        return read.variables
    }

    private func requireSafe(_ name: String) throws(ConfigurationError) {
        guard isRoot, let objection = RootOnly.objection(to: name, in: installedConfiguration)
        else { return }
        throw Self.refusal(
            of: "\(installedConfiguration)/\(name)", objection,
            "make root its owner, and remove write permission for others")
    }

    private static func unused(_ objection: String) -> String {
        "not used by root, since \(objection)"
    }

    /// Refuses to start, or to report, without a `./config.json` that is there.
    private static func refuseUnused(_ objection: String?) throws(ConfigurationError) {
        guard let objection else { return }
        throw refusal(
            of: ConfigurationFile.standardName, objection, "name it with --config to use it")
    }

    private static func refusal(
        of file: String, _ objection: String, _ remedy: String
    ) -> ConfigurationError {
        ConfigurationError(problems: [
            .unreadable(file: file, reason: "\(unused(objection)); \(remedy)")
        ])
    }

    private func isInstalledFile(_ name: String) -> Bool {
        var (one, other) = (stat(), stat())
        guard unsafe stat(name.absolute(in: workingDirectory), &one) == 0,
            unsafe stat("\(installedConfiguration)/config.json", &other) == 0
        else { return false }
        return one.st_dev == other.st_dev && one.st_ino == other.st_ino
    }

    private func exists(_ directory: String, _ name: String) -> Bool {
        exists("\(directory)/\(name)")
    }

    /// Whether there is something; what cannot be looked at is there.
    private func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
    }
}

/// What is in `./data`.
private enum DataHere: Equatable, CustomStringConvertible {
    /// Nothing.
    case absent
    /// A directory without a trace of a server.
    case empty
    /// The directory of a server.
    case server
    /// The directory of a server that does not count for root, and why.
    case unused(String)

    /// Whether a new server may be made there.
    var isFree: Bool { self == .absent || self == .empty }

    var description: String {
        switch self {
        case .absent: "not there"
        case .empty: "no server was there"
        case .server: "a server is there"
        case .unused(let reason): reason
        }
    }
}

extension ServerSearch {
    /// The search of this process.
    static var ofThisProcess: ServerSearch {
        ServerSearch(
            workingDirectory: Environment.workingDirectory, environment: Environment.variables,
            isRoot: ProcessUser.isRoot)
    }
}
