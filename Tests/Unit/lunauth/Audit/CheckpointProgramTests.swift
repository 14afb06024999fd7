import System
import Testing

@testable import lunauth

/// A shell reads its program from the line that it is given.
@Suite struct CheckpointProgramTests {
    private func run(_ line: String, path: String = "/bin/sh", within limit: Duration) throws {
        let deadline = MonotonicClock.now() + limit.nanoseconds
        try CheckpointProgram.run(path, Array("\(line)\n".utf8)) { deadline }
    }

    @Test func `a program gets the whole line, and its success is success`() throws {
        try run("exit 0", within: .seconds(60))
        try run("exit 0 # \(String(repeating: "x", count: 4_000))", within: .seconds(60))
        try run("", path: "/bin/true", within: .seconds(60))
    }

    @Test(arguments: [
        ("exit 3", "/bin/sh ended with status 3"),
        ("kill -s KILL $$", "/bin/sh was ended by signal 9"),
        // The daemon ignores it, its children do not.
        ("kill -s PIPE $$", "/bin/sh was ended by signal 13"),
    ])
    func `the failure of a program is told`(line: String, reason: String) throws {
        let error = #expect(throws: CheckpointError.self) { try run(line, within: .seconds(60)) }
        #expect(error?.description == reason)
    }

    @Test func `a program that does not end is killed`() throws {
        let error = #expect(throws: CheckpointError.self) {
            try run("sleep 600", within: .milliseconds(200))
        }
        #expect(error?.description == "/bin/sh did not end in time")
    }

    @Test func `a program that is missing is told`() throws {
        let error = #expect(throws: CheckpointError.self) {
            try run("", path: "/nonexistent/program", within: .seconds(60))
        }
        #expect(
            error?.description
                == "posix_spawn /nonexistent/program: No such file or directory")
    }
}
