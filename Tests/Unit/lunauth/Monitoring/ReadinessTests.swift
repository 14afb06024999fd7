import System
import Testing
import Web

@testable import lunauth

@Suite struct ReadinessTests {
    @Test(
        arguments: [
            // 64 MiB are enough on any disk; on a small one a hundredth is.
            (64 << 20, 1 << 50, true), (64 << 20 - 1, 1 << 50, false), (0, 1 << 50, false),
            (10 << 20, 1_000 << 20, true), (10 << 20 - 1, 1_000 << 20, false),
            (1 << 30, 1 << 40, true), (0, 0, true),
        ] as [(UInt64, UInt64, Bool)])
    func `a disk is ready while it has space`(free: UInt64, total: UInt64, isReady: Bool) {
        let readiness = Readiness(DiskSpace(free: free, total: total))
        #expect(readiness == (isReady ? .ok : .failing("full")))
    }

    @Test func `the disk of a directory is checked`() throws {
        let space = try DiskSpace(at: "/")
        #expect(space.total > 0 && space.free <= space.total)
        #expect(Readiness(ofDiskAt: "/nothing/there") == .failing("unreadable"))
    }

    @Test func `the process reports its usage`() throws {
        let usage = try ProcessUsage()
        #expect(usage.cpuNanoseconds > 0)
        #expect(usage.residentBytes > 1 << 20 && usage.residentBytes <= usage.virtualBytes)
        #expect((3...usage.maximumDescriptors).contains(UInt64(usage.descriptors)))
    }
}
