import TestSupport
import Testing

@testable import lunauth

extension ConfigurationKeyTests {
    static let auditAccepted: [KeyCase] = [
        .init("audit.checkpoint", text: ""),
        .init("audit.checkpoint", text: "/srv/checkpoints.ndjson"),
        .init("audit.checkpoint", text: "|/usr/local/bin/send checkpoint"),
    ]

    static let auditRefused: [KeyCase] = [
        .init("audit.checkpoint", "null", "|"), .init("audit.checkpoint", text: "|send"),
        .init("audit.checkpoint", text: "| /usr/local/bin/send"),
        .init("audit.checkpoint", #""/srv/a\nb""#, "/srv/a\nb"),
    ]
}

@Suite struct CheckpointDestinationTests {
    @Test func `a file is relative to the configuration, a program is absolute`() throws {
        let file = try layered(file: #"{"audit":{"checkpoint":"kept"}}"#).checked()
        #expect(file.audit.checkpoint == .file("/etc/lunauth/kept"))
        let program = try layered(file: #"{"audit":{"checkpoint":"|/bin/cat"}}"#).checked()
        #expect(program.audit.checkpoint == .program("/bin/cat"))
        #expect(try layered().checked().audit.checkpoint == .none)
    }

    @Test func `what is in the way is known before the first checkpoint`() throws {
        let directory = try TemporaryDirectory()
        #expect(CheckpointDestination.none.problem == nil)
        #expect(CheckpointDestination.file("\(directory.path)/kept").problem == nil)
        #expect(CheckpointDestination.program("/bin/cat").problem == nil)
        #expect(
            CheckpointDestination.file("\(directory.path)/none/kept").problem
                == "audit.checkpoint: \(directory.path)/none: access: No such file or directory")
        #expect(
            CheckpointDestination.program("/bin/nonexistent").problem
                == "audit.checkpoint: /bin/nonexistent: access: No such file or directory")
    }
}
