/// Why the tables of a database cannot be used as they are.
enum SchemaError: Error, Equatable {
    /// A later version of this program made the schema, and removed what this version uses.
    case newer(found: Int, needs: Int, known: Int)
    /// The schema is older than this program, and migrations do not run by themselves; 0 where there is
    /// none.
    case pending(from: Int, to: Int)
    /// The tables are not lunauth's.
    case foreign
    /// The database was not asked, or refused.
    case database(PostgreSQLError)
}

extension SchemaError: CustomStringConvertible {
    /// What is wrong with the database, and what to do about it.
    var description: String {
        switch self {
        case .newer(let found, let needs, let known):
            "the database has schema \(found), which needs a lunauth that knows schema \(needs); this"
                + " version knows \(known): run a newer lunauth"
        case .pending(0, _): "the database has no tables yet: run `lunauth migrate`"
        case .pending(let from, let to):
            "the database has schema \(from) and needs \(to): run `lunauth migrate`"
        case .foreign:
            "the database has tables of something else: name another one, or another schema"
        case .database(let error): error.description
        }
    }
}
