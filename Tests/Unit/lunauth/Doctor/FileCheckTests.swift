import Glibc
import System
import TestSupport
import Testing

@testable import lunauth

/// The checks `files.*`.
struct FileCheckTests {
    @Test func `a directory that others may enter is an error`() throws {
        let directory = try TemporaryDirectory()
        #expect(FileRules.dataDirectory(directory.path).map(\.severity) == [.ok])
        chmod(directory.path, 0o750)
        let findings = FileRules.dataDirectory(directory.path)
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.first?.advice == "chmod 0700 \(directory.path)")
    }

    @Test func `a directory above that others may write to is a warning, unless it is sticky`()
        throws
    {
        let above = try TemporaryDirectory()
        let data = "\(above.path)/data"
        try #require(mkdir(data, 0o700) == 0)
        chmod(above.path, 0o777)
        #expect(FileRules.dataDirectory(data).map(\.severity) == [.warning])
        chmod(above.path, 0o1777)
        #expect(FileRules.dataDirectory(data).map(\.severity) == [.ok])
    }

    @Test func `a file that others may read is an error, a socket is none`() throws {
        let directory = try TemporaryDirectory()
        try make("\(directory.path)/secret.key")
        #expect(FileRules.content(of: directory.path).map(\.severity) == [.ok])
        try make("\(directory.path)/lunauth.db", mode: 0o640)
        try #require(mkfifo("\(directory.path)/admin.sock", 0o666) == 0)
        let findings = FileRules.content(of: directory.path)
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.first?.advice == "chmod 0600 \(directory.path)/lunauth.db")
    }

    @Test func `a file of another user is an error`() {
        let status = FileStatus(kind: .regular, mode: 0o600, user: 0)
        #expect(FileRules.file("/d/lunauth.db-wal", status, owner: 0).isEmpty)
        let findings = FileRules.file("/d/lunauth.db-wal", status, owner: 997)
        #expect(findings.map(\.severity) == [.error])
        #expect(findings.first?.advice == "chown 997 /d/lunauth.db-wal")
    }
}
