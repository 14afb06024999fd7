/// What first-run setup and later changes named; for what is nil the configuration rules.
///
/// Kept in `setup.json` beside the database, and in the database itself.
public struct SetupRecord: Sendable, Equatable {
    /// The database in use is `<dataDirectory>/<databaseName>.db`.
    public var databaseName: String?
    /// The public origin.
    public var websiteURL: Origin?
    /// Whether schema migrations run by themselves at start; `automatic` where it is nil.
    public var migrationType: MigrationType?
    /// How long ended sessions and other history are kept; `Period.standardRetention` where it is nil.
    public var retentionPeriod: Period?

    /// A record from its parts.
    public init(
        databaseName: String? = nil, websiteURL: Origin? = nil,
        migrationType: MigrationType? = nil, retentionPeriod: Period? = nil
    ) {
        self.databaseName = databaseName
        self.websiteURL = websiteURL
        self.migrationType = migrationType
        self.retentionPeriod = retentionPeriod
    }

    /// Who runs schema migrations.
    public enum MigrationType: String, Sendable, CaseIterable {
        /// The server, when it starts.
        case automatic
        /// The operator, with `lunauth migrate`; a start with a pending migration is refused.
        case manual
    }
}
