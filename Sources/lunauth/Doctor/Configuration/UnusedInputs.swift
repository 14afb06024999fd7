import SQLiteStore
import System

/// What an operator set or placed, and nothing reads.
struct UnusedInputs {
    private let examination: Examination

    /// The inputs of a server.
    init(_ examination: Examination) {
        self.examination = examination
    }

    /// A warning for each.
    var findings: [Finding] { keys + configurationFiles + secretKey + credentials + databases }

    /// Keys of transports that no mail takes.
    private var keys: [Finding] {
        let transport = examination.values.mail.transport
        let others = Configuration.Mail.Transport.allCases.filter { $0 != transport }
        let layers = examination.loaded.layers
        return ConfigurationKey.all.filter { key in
            others.contains { key.path.hasPrefix("mail.\($0.rawValue).") }
                && layers.source(of: key) != .standard
                && key.text(examination.values) != key.text(Configuration())
        }.map { key in
            .warning(
                "\(key.path) (\(layers.source(of: key))) has no effect while mail.transport is "
                    + transport.rawValue,
                advice: "remove it, or set mail.transport")
        }
    }

    /// A configuration that is placed where none is looked for.
    private var configurationFiles: [Finding] {
        let directory = examination.values.dataDirectory
        let layers = examination.loaded.layers
        let used = layers.fileName.flatMap {
            FileIdentity($0.absolute(in: Environment.workingDirectory))
        }
        let file = "\(directory)/\(ConfigurationFile.standardName)"
        guard let found = FileIdentity(file), found != used else { return [] }
        return [
            .warning(
                "\(file) is not read", advice: "name it with --config, or remove it")
        ]
    }

    /// `secret.key` beside a key that is handed over.
    private var secretKey: [Finding] {
        let file = "\(examination.values.dataDirectory)/secret.key"
        guard let given = examination.loaded.layers.secrets[.secretKey], Path.exists(file) else {
            return []
        }
        return [
            .warning(
                "\(file) is not read: the secret key comes from \(given.source)",
                advice:
                    "remove it once `keys.fit` is ok, or take the other one away (`lunauth secret rotate "
                    + "--from FILE` seals under the new key what the old one sealed)")
        ]
    }

    /// Credentials of systemd whose name no secret has.
    private var credentials: [Finding] {
        guard let directory = Environment.variables["CREDENTIALS_DIRECTORY"],
            let names = try? Directory.names(in: directory)
        else { return [] }
        let known = SecretInput.all.map(\.credential)
        return names.filter { $0.hasPrefix("lunauth.") && !known.contains($0) }.sorted().map {
            name in
            let nearest = NearestName.nearest(to: name, among: known)
            return .warning(
                "no secret is read from the credential \(name)",
                advice: nearest.map { "name it \($0)" } ?? "remove it from the unit")
        }
    }

    /// Databases that are set up and not in use.
    private var databases: [Finding] {
        let (directory, used) = (examination.values.dataDirectory, examination.values.database)
        return SetUpDatabase.all(in: directory).map(\.name)
            .filter { $0 != used.fileName }.map { name in
                .warning(
                    "\(directory)/\(name).db is set up, but \(used.locationText) is in use",
                    advice: "move it away, or name it as \"database\"")
            }
    }
}
