import Glibc
import Testing

extension EndToEnd {
    /// `lunauth health`, by which a container is checked.
    @Suite struct HealthCommandTests {
        @Test func `a server that answers is healthy, one that has ended is not`() throws {
            let settings = ["LUNAUTH_ADMIN_LISTEN": "unix:admin.sock"]
            let daemon = try Daemon(settings: settings)
            let healthy = try daemon.home.run("health", settings: settings)
            #expect(healthy.ending == .exited(0))
            #expect(healthy.output.isEmpty && healthy.errors.isEmpty)
            try daemon.kill()
            let ended = try daemon.home.run("health", settings: settings)
            #expect(ended.ending == .exited(69))
            #expect(ended.errors.contains("no server answers at unix:"))
        }

        @Test(.choosesDatabase) func `a server that cannot write is healthy, but not ready`() throws
        {
            let settings = ["LUNAUTH_ADMIN_LISTEN": "unix:admin.sock"]
            let daemon = try Daemon(settings: settings)
            let ready = try daemon.home.run("health", "--ready", settings: settings)
            #expect(ready.ending == .exited(0))
            #expect(ready.output.contains(#""database":"ok""#))
            let lock = try DatabaseLock(in: daemon.home)
            #expect(try daemon.home.run("health", settings: settings).ending == .exited(0))
            let waiting = try daemon.home.run("health", "--ready", settings: settings)
            #expect(waiting.ending == .exited(69))
            #expect(waiting.output.contains(#""database":"not_writable""#))
            withExtendedLifetime(lock) {}
        }

        @Test
        func `without an admin listener the public one is asked, which cannot tell readiness`()
            throws
        {
            let settings = [
                "LUNAUTH_LISTEN": "unix:lunauth.sock", "LUNAUTH_ADMIN_LISTEN": "none",
            ]
            let daemon = try Daemon(settings: settings)
            #expect(try daemon.home.run("health", settings: settings).ending == .exited(0))
            let ready = try daemon.home.run("health", "--ready", settings: settings)
            #expect(ready.ending == .exited(78))
            #expect(ready.errors.contains("admin.listen is none"))
        }
    }
}
