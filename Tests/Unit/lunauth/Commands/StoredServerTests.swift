import Testing

@testable import lunauth

struct StoredServerTests {
    @Test(arguments: [(1, false, false), (1, true, false), (2, true, false), (2, false, true)])
    func `servers that take over from each other without replication are warned of`(
        servers: Int, waitsForReplica: Bool, isWarned: Bool
    ) {
        let warning = StoredServer.warning(servers: servers, waitsForReplica: waitsForReplica)
        #expect((warning != nil) == isWarned)
    }
}
