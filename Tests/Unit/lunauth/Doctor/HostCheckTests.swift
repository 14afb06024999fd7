import System
import Testing

@testable import lunauth

/// The checks `host.*`, `hashing.*`, and of `database.*` what the machine decides.
struct HostCheckTests {
    private static let gibibyte: UInt64 = 1 << 30

    @Test func `memory that does not fit into the control group is a warning`() {
        let need = MemoryNeed(of: Configuration(), cores: 2, hasForeign: false)
        #expect(HostRules.memory(need, limit: nil).severity == .ok)
        #expect(HostRules.memory(need, limit: need.bytes).severity == .ok)
        let found = HostRules.memory(need, limit: need.bytes - 1)
        #expect(found.severity == .warning)
        #expect(found.text.contains(need.bytes.mebibytes))
    }

    @Test func `the memory need follows connections, caches and foreign hashes`() {
        var values = Configuration()
        let need = MemoryNeed(of: values, cores: 2, hasForeign: false)
        let foreign = MemoryNeed(of: values, cores: 2, hasForeign: true)
        #expect(foreign.bytes == need.bytes + 2 * 256 << 20)
        values.password.concurrency = 1
        #expect(MemoryNeed(of: values, cores: 2, hasForeign: true).hashes == 256 << 20)
        values.http.maximumConnections = 1
        let small = MemoryNeed(of: values, cores: 2, hasForeign: false)
        #expect(need.connections == 10_000 * small.connections)
        values.cache.megabytes = 0
        #expect(MemoryNeed(of: values, cores: 2, hasForeign: false).caches == 0)
    }

    @Test func `too few descriptors for the connections are a warning`() {
        let sizes = ServerSizes(cores: 2)
        func severity(_ limit: UInt64?) -> Severity {
            HostRules.descriptors(limit, of: "of a test", sizes: sizes, connections: 1_000).severity
        }
        let enough = UInt64(1_000 + sizes.otherDescriptors)
        #expect(severity(enough) == .ok)
        #expect(severity(.max) == .ok)
        #expect(severity(enough - 1) == .warning)
        #expect(severity(nil) == .skipped)
    }

    @Test(
        arguments: [(true, Severity.ok), (false, .warning), (nil, .skipped)] as [(Bool?, Severity)])
    func `a clock that no service keeps right is a warning`(state: Bool?, severity: Severity) {
        #expect(HostRules.clock(isSynchronized: state).severity == severity)
    }

    @Test func `a hash of more than a second is a warning`() {
        func severity(_ time: Duration) -> Severity {
            HashingRules.time(time, iterations: 600_000, cores: 2).severity
        }
        #expect(severity(.milliseconds(200)) == .ok)
        #expect(severity(.seconds(1)) == .ok)
        #expect(severity(.milliseconds(1_001)) == .warning)
        #expect(HashingRules.measure(iterations: 1_000) > .zero)
    }

    @Test(
        arguments: [
            (.local, Severity.ok), (.network("NFS"), .error), (.userSpace, .warning),
            (.memory, .warning), (.container, .warning), (nil, .skipped),
        ] as [(FileSystem?, Severity)])
    func `a database on a network is an error`(system: FileSystem?, severity: Severity) {
        #expect(DatabaseRules.fileSystem(system).severity == severity)
    }

    @Test func `a disk that is full, or has no space for a copy, is found`() {
        func severity(free: UInt64, database: UInt64) -> Severity {
            DatabaseRules.space(
                DiskSpace(free: free, total: 100 * Self.gibibyte), database: database
            ).severity
        }
        #expect(severity(free: Self.gibibyte, database: Self.gibibyte) == .ok)
        #expect(severity(free: Self.gibibyte, database: Self.gibibyte + 1) == .warning)
        #expect(severity(free: 1 << 20, database: 0) == .error)
        #expect(DatabaseRules.space(nil, database: 0).severity == .skipped)
    }

    @Test func `a pending migration stops a server that does not migrate by itself`() {
        #expect(DatabaseRules.schema(pending: [], isAutomatic: false).severity == .ok)
        #expect(DatabaseRules.schema(pending: [7], isAutomatic: true).severity == .warning)
        #expect(DatabaseRules.schema(pending: [6, 7], isAutomatic: false).severity == .error)
    }
}
