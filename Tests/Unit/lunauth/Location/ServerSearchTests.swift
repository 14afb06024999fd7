import Glibc
import Testing

@testable import lunauth

/// A root of its own, with the places where a server may be; gone with the test.
private final class Places {
    let root: String

    init() throws {
        var template = Array("/tmp/lunauth-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for name in ["etc", "here"] { mkdir("\(root)/\(name)", 0o755) }
    }

    deinit {
        for name in [
            "etc/config.json", "etc/environment", "here/config.json", "here/data/secret.key",
            "here/other", "state",
        ] {
            unlink("\(root)/\(name)")
        }
        for name in ["here/data", "here", "etc", "state", "credentials", ""] {
            rmdir("\(root)/\(name)")
        }
    }

    func write(_ name: String, _ text: String = "{}", mode: mode_t = 0o600) throws {
        let file = try #require(fopen("\(root)/\(name)", "w"))
        defer { fclose(file) }
        try #require(text.isEmpty || fputs(text, file) >= 0)
        chmod("\(root)/\(name)", mode)
    }

    func makeData(_ name: String = "here/data") { mkdir("\(root)/\(name)", 0o700) }

    /// A search by root, or by another user who has no conditions to keep.
    func search(isRoot: Bool = false, _ environment: [String: String] = [:]) -> ServerSearch {
        ServerSearch(
            workingDirectory: "\(root)/here", environment: environment, isRoot: isRoot,
            installedConfiguration: "\(root)/etc", installedData: "\(root)/state",
            installedCredentials: "\(root)/credentials")
    }

    var installed: ServerLocation {
        ServerLocation(
            file: "\(root)/etc/config.json",
            environment: ["LUNAUTH_DATADIRECTORY": "\(root)/state"])
    }
}

@Suite struct ServerSearchTests {
    private let places: Places

    init() throws { places = try Places() }

    private func find(
        _ named: String? = nil, _ need: ServerNeed = .existing, isRoot: Bool = false,
        _ environment: [String: String] = [:]
    ) throws -> ServerLocation {
        try places.search(isRoot: isRoot, environment).location(named: named, for: need)
    }

    @Test func `without any server the places are named`() throws {
        let error = #expect(throws: ServerNotFound.self) { try find() }
        let text = try #require(error?.description)
        for words in [
            "\(places.root)/here/config.json: not there", "\(places.root)/here/data: not there",
            "\(places.root)/etc/config.json", "\(places.root)/state", "--config FILE",
            "LUNAUTH_DATADIRECTORY=DIRECTORY",
        ] {
            #expect(text.contains(words))
        }
        #expect(try find(nil, .existingOrNew) == ServerLocation(), "a new one is made here")
        #expect(try find(nil, .start) == ServerLocation())
        #expect(try find(nil, .report) == ServerLocation())
    }

    @Test func `a directory without a trace of a server is none`() throws {
        places.makeData()
        let error = #expect(throws: ServerNotFound.self) { try find() }
        #expect(error?.description.contains("here/data: no server was there") == true)
    }

    @Test func `the first place counts`() throws {
        try places.write("etc/config.json")
        #expect(try find() == places.installed)
        places.makeData()
        #expect(try find() == places.installed, "the directory is empty")
        try places.write("here/data/secret.key")
        #expect(try find() == ServerLocation())
        try places.write("here/config.json")
        #expect(try find() == ServerLocation(file: "config.json"))
        #expect(try find("other.json") == ServerLocation(file: "other.json"))
        #expect(try find(nil, .start) == ServerLocation(file: "config.json"))
    }

    @Test(arguments: ["config.json", "environment"])
    func `any file of the installed server shows that there is one`(name: String) throws {
        try places.write("etc/\(name)", name == "environment" ? "" : "{}")
        let file = name == "config.json" ? places.installed.file : nil
        #expect(try find().file == file)
        #expect(try find().environment == places.installed.environment)
        #expect(try find(nil, .start) == ServerLocation(), "which a new server does not look for")
    }

    @Test func `its directory alone does, too`() throws {
        places.makeData("state")
        #expect(try find().environment == places.installed.environment)
    }

    @Test func `its variables count as the service sees them`() throws {
        try places.write("etc/config.json")
        try places.write(
            "etc/environment", "PATH=/x\nLUNAUTH_MAIL_SMTP_HOST=a\nLUNAUTH_DATADIRECTORY='/srv/d'\n"
        )
        #expect(
            try find().environment == [
                "LUNAUTH_DATADIRECTORY": "/srv/d", "LUNAUTH_MAIL_SMTP_HOST": "a",
            ])
        let own = ["LUNAUTH_MAIL_SMTP_HOST": "b"]
        #expect(
            try find(nil, .existing, own).environment == ["LUNAUTH_DATADIRECTORY": "/srv/d"],
            "what the command was started with stays")
        places.makeData("credentials")
        #expect(
            try find().environment["CREDENTIALS_DIRECTORY"] == "\(places.root)/credentials")
    }

    @Test func `its file brings its variables along, however it is named`() throws {
        try places.write("etc/config.json")
        try places.write("here/config.json")
        #expect(try find("\(places.root)/etc/config.json") == places.installed)
        #expect(try find("../etc/config.json") == places.installed)
        var search = places.search()
        search.workingDirectory = "\(places.root)/etc"
        #expect(try search.location(named: nil, for: .existing) == places.installed)
        #expect(
            try search.location(named: nil, for: .start) == ServerLocation(file: "config.json"),
            "the unit gives the service its variables")
    }

    @Test func `a directory named by the environment is the only one searched`() throws {
        try places.write("etc/config.json")
        let named = ["LUNAUTH_DATADIRECTORY": "/srv/lunauth"]
        #expect(try find(nil, .existing, named) == ServerLocation())
        try places.write("here/config.json")
        #expect(try find(nil, .existing, named) == ServerLocation(file: "config.json"))
    }

    @Test(.enabled(if: geteuid() == 0))
    func `root uses only files that root alone can write`() throws {
        try places.write("etc/config.json")
        try places.write("here/config.json", mode: 0o644)
        places.makeData()
        try places.write("here/data/secret.key")
        #expect(try find(isRoot: true) == ServerLocation(file: "config.json"))

        chmod("\(places.root)/here/config.json", 0o666)
        #expect(try find(isRoot: true) == ServerLocation(), "and goes on with ./data")
        #expect(throws: ConfigurationError.self) { try find(nil, .start, isRoot: true) }
        #expect(try find("config.json", isRoot: true) == ServerLocation(file: "config.json"))

        chown("\(places.root)/here/data", 1, 1)
        #expect(try find(isRoot: true) == places.installed)
        chown("\(places.root)/here/data", 0, 0)
        #expect(try find(isRoot: true) == ServerLocation())
        chmod("\(places.root)/here", 0o777)
        #expect(try find(isRoot: true) == places.installed, "others may put another one there")
        chmod("\(places.root)/here", 0o755)
        chown(places.root, 1, 1)
        chmod("\(places.root)/here/config.json", 0o600)
        #expect(throws: ConfigurationError.self) { try find(isRoot: true) }
        chown(places.root, 0, 0)
        #expect(try find(isRoot: true) == ServerLocation(file: "config.json"))
    }

    @Test(.enabled(if: geteuid() == 0))
    func `root follows no link`() throws {
        try places.write("here/other")
        symlink("other", "\(places.root)/here/config.json")
        let error = #expect(throws: ServerNotFound.self) { try find(isRoot: true) }
        #expect(error?.description.contains("it is a symbolic link") == true)
        #expect(try find() == ServerLocation(file: "config.json"))
    }

    @Test(.enabled(if: geteuid() == 0), arguments: ["config.json", "environment"])
    func `root refuses files of the installed server that others can write`(name: String) throws {
        try places.write("etc/\(name)", "", mode: 0o664)
        let error = #expect(throws: ConfigurationError.self) { try find(isRoot: true) }
        #expect(error?.description.contains("others can write to") == true)
        chmod("\(places.root)/etc/\(name)", 0o640)
        chown("\(places.root)/etc/\(name)", 0, 1)
        #expect(try find(isRoot: true).environment == places.installed.environment)
        chown("\(places.root)/etc/\(name)", 1, 0)
        #expect(throws: ConfigurationError.self) { try find(isRoot: true) }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `root makes no server where others can write`() throws {
        #expect(try find(nil, .existingOrNew, isRoot: true) == ServerLocation())
        places.makeData()
        chown("\(places.root)/here/data", 1, 1)
        #expect(try find(nil, .existingOrNew, isRoot: true) == ServerLocation())
        try places.write("here/data/secret.key")
        #expect(throws: ServerNotFound.self) { try find(nil, .existingOrNew, isRoot: true) }
        chown("\(places.root)/here/data", 0, 0)
        unlink("\(places.root)/here/data/secret.key")
        chmod("\(places.root)/here", 0o777)
        #expect(throws: ServerNotFound.self) { try find(nil, .existingOrNew, isRoot: true) }
    }
}
