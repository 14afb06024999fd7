import API
import ArgumentParser
import Auth
import Glibc
import SQLiteStore
import Web

/// What every command needs to know: the configuration of the server it concerns.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .long,
        help: """
            The configuration file; without it ./config.json, ./data of a server, or the server that \
            systemd runs.
            """)
    var config: String?

    /// The configuration with everything applied that decides it, setup included.
    ///
    /// Root finds the files, then acts as the owner of the data, unless it is to be the server.
    /// - Parameter need: What is wanted of the server.
    /// - Returns: The layers, for reports and warnings, the values, and what setup stored.
    /// - Throws: `ServerNotFound`, `ConfigurationError`, `FileError`, `SystemError`,
    ///   `PostgreSQLStorageError`.
    func load(for need: ServerNeed) throws -> LoadedConfiguration {
        var layers = try layers(for: need)
        guard need != .existing || DataDirectory.exists(layers.dataDirectory) else {
            throw ServerNotFound(places: ["\(layers.dataDirectory): not there"])
        }
        let found = try StoredSetup.find(for: layers, need)
        if let record = found.record { layers.apply(record) }
        let values = try layers.checked(sendsMail: need == .start || need == .report)
        var loaded = LoadedConfiguration(layers: layers, values: values, setup: found.record)
        loaded.missingSetup = found.missingFile
        return loaded
    }

    /// The configuration for a restore: where what setup decided is absent or damaged, that of the
    /// backup counts.
    ///
    /// - Parameters:
    ///   - layers: As `layers(for:)` gave them.
    ///   - backup: What the backup has; nil when it has none.
    /// - Returns: As `load(for:)`.
    /// - Throws: `ConfigurationError`, `FileError`.
    func load(
        _ layers: consuming LayeredConfiguration, restoring backup: SetupRecord?
    ) throws -> LoadedConfiguration {
        // With PostgreSQL, what setup decided is in the database, and no file beside the daemon counts.
        let isFile = layers.database.location.isFile
        let path = "\(layers.dataDirectory)/setup.json"
        let stored =
            !isFile ? nil : try StoredSetup.content(of: path).flatMap { SetupRecord(encoded: $0) }
        let record = stored ?? backup
        if let record { layers.apply(record) }
        var loaded = LoadedConfiguration(
            layers: layers, values: try layers.checked(sendsMail: false), setup: record)
        if isFile, stored == nil, let backup {
            loaded.missingSetup = .init(path: path, content: backup.encoded)
        }
        return loaded
    }

    /// The configuration before what setup stored is applied; the first that a command reads.
    ///
    /// - Parameter need: What is wanted of the server.
    /// - Returns: The layers.
    /// - Throws: `ServerNotFound`, `ConfigurationError`, `SystemError`.
    func layers(for need: ServerNeed) throws -> LayeredConfiguration {
        let search = ServerSearch.ofThisProcess
        let location = try search.location(named: config, for: need)
        Environment.add(location.environment)
        let file = try location.file.flatMap { name throws(ConfigurationError) in
            try ConfigurationFile.read(named: name, workingDirectory: search.workingDirectory)
        }
        let layers = try LayeredConfiguration(
            file: file, environment: Environment.variables,
            workingDirectory: search.workingDirectory)
        if need != .start { try DataDirectory.actAsOwner(of: layers.dataDirectory) }
        return layers
    }
}

/// A configuration that is complete.
struct LoadedConfiguration {
    let layers: LayeredConfiguration
    let values: Configuration
    let setup: SetupRecord?
    /// The record that a restore or a start has to write; nil where the file is as it should be.
    var missingSetup: Restore.SetupFile?

    /// The rules of the domain.
    var rules: AuthService.Rules {
        var rules = AuthService.Rules(
            passwordPolicy: PasswordPolicy(minimumLength: values.password.minimumLength),
            tokenLifetime: Int64(values.token.lifetimeSeconds),
            sessionLifetime: Int64(values.session.lifetimeSeconds),
            website: layers.isFixed("websiteUrl")
                ? .fixed(values.websiteURL) : .configured(layers.configuredWebsite),
            needsSecureWebsite: values.cookie.needsSecure,
            websiteDomain: values.cookie.domain,
            fixedDatabaseName: layers.isFixed("database") ? values.database.fileName : nil,
            slidesSessions: values.session.sliding, loginPage: values.pages.login,
            registerPage: values.pages.register)
        rules.databaseKind = values.database.fileName == nil ? .postgreSQL : .sqlite
        rules.maximumAPIKeys = values.apiKeys.maximum
        rules.maximumSessionLifetime = Int64(values.session.maximumSeconds)
        rules.idleLimit = values.session.idleLimit
        rules.factorPolicy = values.factors.required
        rules.trustLifetime = Int64(values.factors.trustDays) * 86_400
        rules.passkeyRelyingPartyID = values.passkeys.rpID.isEmpty ? nil : values.passkeys.rpID
        rules.site = layers.siteRules
        return rules
    }
}

extension Configuration.Session {
    /// How long a session may go unused; nil for as long as it lasts.
    var idleLimit: IdleLimit? { IdleLimit(seconds: idleSeconds) }
}
