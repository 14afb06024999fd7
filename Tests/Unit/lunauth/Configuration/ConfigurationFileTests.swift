import Glibc
import Testing

@testable import lunauth

/// A directory that is gone with the test.
private final class Directory {
    let path: String

    init() throws {
        var template = Array("/tmp/lunauth-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: bytes, as: UTF8.self)
    }

    deinit {
        for name in ["config.json", "other.json", "config.fifo", "config.socket"] {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }
}

@Suite struct ConfigurationFileTests {
    @Test func `config json is read when no file is named`() throws {
        let directory = try Directory()
        try directory.write(Array(#"{"eventLoops":7}"#.utf8), to: "config.json")
        let read = try LayeredConfiguration.load(
            fileName: nil, environment: [:], workingDirectory: directory.path)
        let values = try read.checked()
        #expect(values.eventLoops == 7)
        #expect(values.dataDirectory == "\(directory.path)/data")
        #expect(read.report().contains("eventLoops = 7 (config.json)"))
    }

    @Test func `no file is needed when none is named`() throws {
        let directory = try Directory()
        let read = try LayeredConfiguration.load(
            fileName: nil, environment: [:], workingDirectory: directory.path)
        #expect(try read.checked().dataDirectory == "\(directory.path)/data")
    }

    @Test func `a named file is read instead of config json`() throws {
        let directory = try Directory()
        try directory.write(Array("nonsense".utf8), to: "config.json")
        try directory.write(Array(#"{"eventLoops":9}"#.utf8), to: "other.json")
        for name in ["other.json", "\(directory.path)/other.json", "./other.json"] {
            let read = try LayeredConfiguration.load(
                fileName: name, environment: [:], workingDirectory: directory.path)
            #expect(try read.checked().eventLoops == 9)
        }
    }

    @Test func `a named file has to be there`() throws {
        let directory = try Directory()
        let missing = ConfigurationError(problems: [
            .unreadable(file: "other.json", reason: "No such file or directory")
        ])
        #expect(throws: missing) {
            try LayeredConfiguration.load(
                fileName: "other.json", environment: [:], workingDirectory: directory.path)
        }
    }

    @Test(arguments: ["/tmp", "/dev/zero", "config.fifo", "config.socket"])
    func `only a regular file is read, and nothing is waited for`(name: String) throws {
        let directory = try Directory()
        try #require(mkfifo("\(directory.path)/config.fifo", 0o600) == 0)
        try #require(
            mknod("\(directory.path)/config.socket", S_IFSOCK | 0o600, 0) == 0)
        let unreadable = ConfigurationError(problems: [
            .unreadable(file: name, reason: "not a regular file")
        ])
        #expect(throws: unreadable) {
            try ConfigurationFile.read(named: name, workingDirectory: directory.path)
        }
    }

    @Test func `a file over 1 MiB is refused`() throws {
        let directory = try Directory()
        let spaces = [UInt8](repeating: 0x20, count: ConfigurationFile.maximumBytes)
        try directory.write(spaces, to: "config.json")
        let file = try ConfigurationFile.read(named: nil, workingDirectory: directory.path)
        #expect(file?.bytes == spaces)
        try directory.write(spaces + [0x20], to: "config.json")
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.read(named: nil, workingDirectory: directory.path)
        }
    }

    @Test(
        arguments: [
            (0o600, nil), (0o640, nil), (0o644, "0644"), (0o604, "0604"), (0o602, "0602"),
        ] as [(mode_t, String?)])
    func `a file that contains a secret is refused when every user may read it`(
        mode: mode_t, shown: String?
    ) throws {
        let directory = try Directory()
        let secret =
            #"{"mail":{"smtp":{"password":"hidden"},"resend":{"apiKey":"","caFile":"/ca"}}}"#
        for (text, isRefused) in [(secret, shown != nil), (#"{"eventLoops":7}"#, false)] {
            try directory.write(Array(text.utf8), to: "config.json")
            try #require(chmod("\(directory.path)/config.json", mode) == 0)
            do {
                _ = try LayeredConfiguration.load(
                    fileName: nil, environment: [:], workingDirectory: directory.path)
                #expect(!isRefused)
            } catch {
                #expect(isRefused)
                let text =
                    "mail.smtp.password (config.json): found a secret in a file of mode "
                    + "\(shown ?? ""), expected 0600, or 0640 with the service's group"
                #expect(error.description == text)
            }
        }
    }

    @Test(arguments: [
        ("config.json", "/srv", "/srv/"), ("a/config.json", "/srv", "/srv/a/"),
        ("/etc/config.json", "/srv", "/etc/"), ("/config.json", "/srv", "/"),
        ("config.json", "/", "/"),
    ])
    func `the directory of a file is absolute`(name: String, working: String, directory: String) {
        let file = ConfigurationFile(name: name, workingDirectory: working, bytes: [])
        #expect(file.directory == directory)
        #expect("data".absolute(in: file.directory) == directory + "data")
        #expect("/data".absolute(in: file.directory) == "/data")
    }
}
