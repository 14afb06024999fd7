import API
import Auth
import HTTP
import JSON
import Server
import Web

/// A configuration and where each of its values comes from.
///
/// The sources, each over the one before: the default, the file, what setup stored (`database` and
/// `websiteUrl` alone) and the environment. A daemon loads the file and the environment, looks for
/// the stored record in ``dataDirectory``, applies it, and only then has the values ``checked()``,
/// since some rules are about several of them.
struct LayeredConfiguration: Sendable {
    /// The values, not yet checked against each other.
    private(set) var values = Configuration()
    /// By key path; a key that is missing has its default.
    private(set) var sources: [String: ConfigurationSource] = [:]
    /// What a record was applied to; nil before the first.
    private var beforeSetup: (values: Configuration, sources: [String: ConfigurationSource])?
    /// A sentence about each value that is set in two places, naming both.
    private(set) var conflicts: [String] = []
    /// A sentence about each key that is set and is no more.
    private(set) var retired: [String] = []

    /// The secrets that come from elsewhere than the file.
    let secrets: GivenSecrets

    /// The file that was read, by the name it was given; nil where there is none.
    let fileName: String?

    /// Variables of lunauth that are no configuration, or name files instead of containing values.
    static let otherVariables =
        SecretInput.outsideOfFiles.map(\.variable) + SecretInput.all.map(\.fileVariable)

    /// Reads the file and the environment.
    ///
    /// - Parameters:
    ///   - fileName: The value of `--config`; without it `config.json` is read if it is there.
    ///   - environment: All variables.
    ///   - workingDirectory: Absolute; what a relative file name is relative to.
    /// - Returns: The configuration, before what setup stored is applied.
    /// - Throws: Everything that is wrong, at once.
    static func load(
        fileName: String?, environment: [String: String], workingDirectory: String
    ) throws(ConfigurationError) -> LayeredConfiguration {
        let file = try ConfigurationFile.read(named: fileName, workingDirectory: workingDirectory)
        return try LayeredConfiguration(
            file: file, environment: environment, workingDirectory: workingDirectory)
    }

    /// Creates a configuration from what was read.
    ///
    /// - Parameters:
    ///   - file: The configuration file, if there is one; relative paths, wherever they come from,
    ///     are relative to its directory.
    ///   - environment: All variables; those that do not begin with `LUNAUTH_` are ignored.
    ///   - workingDirectory: Absolute; what relative paths are relative to without a file.
    /// - Throws: Everything that is wrong, at once.
    init(
        file: ConfigurationFile?, environment: [String: String], workingDirectory: String
    ) throws(ConfigurationError) {
        var problems: [ConfigurationError.Problem] = []
        fileName = file?.name
        let directory = file?.directory ?? workingDirectory
        secrets = GivenSecrets(environment: environment, directory: directory, &problems)
        if let file { problems += read(file) }
        problems += read(environment)
        problems += makePathsAbsolute(in: directory)
        if !values.pages.enabled { leadToOtherPages() }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    }

    /// Directory of the databases, the secret key and `setup.json`; absolute.
    var dataDirectory: String { values.dataDirectory }

    /// Where accounts are stored.
    var database: Configuration.Database { values.database }

    /// Where setup stores what it decides.
    var setupPlace: ConfigurationSource { values.database.fileName == nil ? .database : .setup }

    /// The public origin by file, environment or default alone: it counts where setup stored none.
    var configuredWebsite: Origin { (beforeSetup?.values ?? values).websiteURL }

    /// Puts what setup stored over the default and the file, and under the environment; in the place
    /// of a record that was applied before.
    mutating func apply(_ record: SetupRecord) {
        let original = beforeSetup ?? (values, sources)
        (values, sources) = original
        beforeSetup = original
        conflicts = []
        var stored = values
        // A database of a server has its name from the configuration alone.
        let name = values.database.fileName.flatMap { _ in record.databaseName }
        if let name { stored.database.location = .sqlite(name: name) }
        stored.websiteURL = record.websiteURL ?? values.websiteURL
        let named = [
            "database": name != nil, "websiteUrl": record.websiteURL != nil,
        ]
        let place = setupPlace
        for key in ConfigurationKey.all where named[key.path] == true {
            let (present, new) = (key.text(values), key.text(stored))
            switch source(of: key) {
            case .environment(let variable):
                if present != new {
                    conflicts.append(
                        "\(key.path) is \(present) from \(variable), not \(new) from \(place)")
                }
                continue
            // A file that repeats the default, as a copy of the example does, sets nothing.
            case .file(let name) where present != new && present != key.text(Configuration()):
                conflicts.append(
                    "\(key.path) is \(new) from \(place), not \(present) from \(name)")
            case .file, .standard, .setup, .database, .secretFile, .credential: break
            }
            if key.set(&values, key.notation.json(new)) { sources[key.path] = place }
        }
    }

    /// Where the value of a key comes from.
    func source(of key: ConfigurationKey) -> ConfigurationSource {
        sources[key.path] ?? .standard
    }
}

// MARK: - Reading the sources

extension LayeredConfiguration {
    private mutating func read(_ file: ConfigurationFile) -> [ConfigurationError.Problem] {
        do {
            let json = try JSONValue.decode(file.bytes)
            let problems = read(json, at: "", of: file.name)
            return problems + exposedSecrets(in: file)
        } catch {
            let position = TextPosition(of: error.offset, in: file.bytes)
            return [.notJSON(file: file.name, error.reason, at: position)]
        }
    }

    /// The secrets of a file that every user of the machine may read.
    private func exposedSecrets(in file: ConfigurationFile) -> [ConfigurationError.Problem] {
        guard file.isReadableByOthers else { return [] }
        return ConfigurationKey.all.filter { $0.isSecret && !$0.text(values).isEmpty }.map { key in
            .readableByOthers(key: key.path, file: file.name, mode: file.mode)
        }
    }

    /// Reads the value at a key path: a key's value, or an object of keys.
    private mutating func read(
        _ json: JSONValue, at path: String, of file: String
    ) -> [ConfigurationError.Problem] {
        let isGroup = path.isEmpty || ConfigurationKey.groups.contains(path)
        if let key = ConfigurationKey.all.first(where: {
            $0.memberPath == path || $0.path == path && !(isGroup && json.isObject)
        }) {
            return set(key, to: json, from: .file(file))
        }
        guard isGroup else {
            if let successor = ConfigurationKey.successors[path] {
                retire(path, in: file, after: successor)
                return []
            }
            let known = ConfigurationKey.all.map(\.memberPath) + ConfigurationKey.groups
            let nearest = NearestName.nearest(to: path, among: known)
            return [.unknownKey(path, file: file, nearest: nearest)]
        }
        guard case .object(let members) = json else {
            return [wrong(path, json, from: .file(file), expected: "an object")]
        }
        return members.sorted { $0.key < $1.key }.flatMap { name, value in
            // Such a name would pass for a path of several names, or for the whole file.
            name.isEmpty || name.contains(".")
                ? [.unknownKey(name, file: file, nearest: nil)]
                : read(value, at: path.isEmpty ? name : "\(path).\(name)", of: file)
        }
    }

    private mutating func read(
        _ environment: [String: String]
    ) -> [ConfigurationError.Problem] {
        let known = ConfigurationKey.all.map(\.variable) + Self.otherVariables
        var problems: [ConfigurationError.Problem] = []
        for name in environment.keys.filter({ $0.hasPrefix("LUNAUTH_") }).sorted()
        where !known.contains(name) {
            if let successor = ConfigurationKey.successors[name] {
                retire(name, in: "the environment", after: successor)
            } else {
                problems.append(
                    .unknownVariable(name, nearest: NearestName.nearest(to: name, among: known)))
            }
        }
        for key in ConfigurationKey.all {
            let given =
                key.isSecret
                ? secrets[SecretInput(variable: key.variable)].map { ($0.text, $0.source) }
                : environment[key.variable].map { ($0, .environment(key.variable)) }
            guard let (text, source) = given else { continue }
            problems += set(key, to: key.notation.json(text), from: source)
        }
        return problems
    }

    private mutating func retire(_ name: String, in place: String, after successor: String) {
        retired.append(
            "\(name) (\(place)) does nothing any more: remove it; \(successor) has its place")
    }

    private mutating func set(
        _ key: ConfigurationKey, to json: JSONValue, from source: ConfigurationSource
    ) -> [ConfigurationError.Problem] {
        guard key.set(&values, json) else {
            if let reason = key.explain(json) {
                return [.invalid(key: key.path, source: source, reason: reason)]
            }
            let found: JSONValue = key.isSecret ? .string("(not shown)") : json
            return [wrong(key.path, found, from: source, expected: key.expected)]
        }
        sources[key.path] = source
        return []
    }

    /// The problem of a value that is not what is expected.
    func wrong(
        _ path: String, _ json: JSONValue, from source: ConfigurationSource, expected: String
    ) -> ConfigurationError.Problem {
        .wrongValue(
            key: path, source: source, found: ConfigurationError.shown(json), expected: expected)
    }

    /// Without pages of the server, browsers are redirected to where an operator's own is expected.
    private mutating func leadToOtherPages() {
        for (path, property, page) in [
            ("pages.login", \Configuration.pages.login, Configuration.Pages.otherLogin),
            ("pages.register", \.pages.register, Configuration.Pages.otherRegister),
            ("session.logoutRedirect", \.session.logoutRedirect, Configuration.Pages.otherLogin),
        ] where sources[path] == nil {
            values[keyPath: property] = page
        }
    }

    private mutating func makePathsAbsolute(in directory: String) -> [ConfigurationError.Problem] {
        values.dataDirectory = values.dataDirectory.absolute(in: directory)
        for path in [
            \Configuration.mail.templates, \.mail.smtp.caFile, \.mail.resend.caFile, \.site.logo,
        ] where !values[keyPath: path].isEmpty {
            values[keyPath: path] = values[keyPath: path].absolute(in: directory)
        }
        if case .file(let path) = values.audit.checkpoint {
            values.audit.checkpoint = .file(path.absolute(in: directory))
        }
        var problems: [ConfigurationError.Problem] = []
        func absolute(_ address: ListenAddress, of key: String) -> ListenAddress {
            guard case .unix(let path) = address else { return address }
            let socket = "unix:" + path.absolute(in: directory)
            if let absolute = ListenAddress(socket) { return absolute }
            problems.append(
                wrong(
                    key, .string(socket), from: sources[key] ?? .standard,
                    expected: "a socket with an absolute path of at most 107 bytes, and no comma"))
            return address
        }
        values.listen = values.listen.map { absolute($0, of: "listen") }
        values.admin.listen = values.admin.listen.map { absolute($0, of: "admin.listen") }
        return problems
    }
}

extension JSONValue {
    /// Whether it is an object.
    fileprivate var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
