/// How many threads and connections a daemon has, on a machine with so many cores.
struct ServerSizes: Sendable, Equatable {
    /// The cores.
    let cores: Int

    /// Workers of the store lane; most of them wait for a commit: many at once gather commits into groups.
    var storeThreads: Int { 4 * cores }
    /// Workers of the hashing lane; most of them wait for their turn to derive a key.
    var hashingThreads: Int { 16 * cores }

    /// Descriptors beside those of connections: a database of three files for every worker, events, keys.
    var otherDescriptors: Int { 4 * (storeThreads + hashingThreads) + 80 }

    /// How many connections a limit of descriptors leaves.
    func connections(within limit: Int) -> Int { max(16, limit - otherDescriptors) }
}
