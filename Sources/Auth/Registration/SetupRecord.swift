/// The settings stored by first-run setup and later changes; nil means the configuration applies.
///
/// Stored in `setup.json` beside the database, and in the database itself.
public struct SetupRecord: Sendable, Equatable {
    /// The database in use is `<dataDirectory>/<databaseName>.db`.
    public var databaseName: String?
    /// The public origin.
    public var websiteURL: Origin?
    /// When schema migrations run; nil means `automatic`.
    public var migrationType: MigrationType?
    /// How long ended sessions and other history are kept; nil means `Period.standardRetention`.
    public var retentionPeriod: Period?

    /// Creates a record.
    public init(
        databaseName: String? = nil, websiteURL: Origin? = nil,
        migrationType: MigrationType? = nil, retentionPeriod: Period? = nil
    ) {
        self.databaseName = databaseName
        self.websiteURL = websiteURL
        self.migrationType = migrationType
        self.retentionPeriod = retentionPeriod
    }

    /// When schema migrations run.
    public enum MigrationType: String, Sendable, CaseIterable {
        /// When the server starts.
        case automatic
        /// When the operator runs `lunauth migrate`; the server refuses to start with a pending one.
        case manual
    }
}
