import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    /// How commands find their server.
    @Suite(.choosesDatabase) struct LocationTests {
        private static let commands = [
            ["user", "list"], ["user", "show", "a@example.com"],
            ["user", "disable", "a@example.com"], ["user", "password", "a@example.com"],
            ["user", "role", "a@example.com", "owner"], ["invite", "create"], ["invite", "list"],
            ["session", "list", "a@example.com"], ["session", "revoke", "--all", "a@example.com"],
            ["apikey", "list"], ["mail", "list"], ["mail", "retry"],
            ["mail", "test", "a@example.com"], ["secret", "jwt"], ["secret", "rotate"],
            ["migrate"], ["backup", "one.db"],
        ]

        @Test(.enabled(if: Installed.isNone), arguments: commands)
        func `a command in the wrong directory creates nothing and says where it looked`(
            words: [String]
        ) throws {
            let home = try Home()
            let outcome = try home.run(words, input: "secret of Hopper\n")
            #expect(outcome.ending == .exited(78) && outcome.output == "")
            for text in [
                "\(home.path)/config.json", "\(home.path)/data", "/etc/lunauth/config.json",
                "--config FILE", "LUNAUTH_DATADIRECTORY=DIRECTORY",
            ] {
                #expect(outcome.errors.contains(text))
            }
            #expect(!home.has("data") && !home.has("one.db"))
        }

        @Test(arguments: commands)
        func `a server that is named but does not exist is not created`(words: [String]) throws {
            let home = try Home()
            try home.write("other.json", #"{"dataDirectory":"elsewhere"}"#)
            let outcome = try home.run(
                words + ["--config", "other.json"], input: "secret of Hopper\n")
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains("\(home.path)/elsewhere"))
            #expect(!home.has("elsewhere"))
            mkdir("\(home.path)/elsewhere", 0o700)
            let empty = try home.run(
                words + ["--config", "other.json"], input: "secret of Hopper\n")
            #expect(empty.ending == .exited(words[0] == "secret" ? 74 : 78))
            #expect(empty.errors.contains("\(home.path)/elsewhere/"))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: "\(home.path)/elsewhere")
            #expect(names.isEmpty, "\(names)")
        }

        @Test func `a command finds its server by directory, configuration or variable`() throws {
            let home = try Home.withDatabase()
            #expect(try home.run("user", "list").output.split(separator: "\n").count == 1)
            try home.move("data", to: "elsewhere")
            try home.write("config.json", #"{"dataDirectory":"elsewhere"}"#)
            #expect(try home.run("user", "list").output.split(separator: "\n").count == 1)
            let named = try Home().run("user", "list", "--config", "\(home.path)/config.json")
            #expect(named.output.split(separator: "\n").count == 1)
            let directory = ["LUNAUTH_DATADIRECTORY": "\(home.path)/elsewhere"]
            let other = try Home().run("user", "list", settings: directory)
            #expect(other.output.split(separator: "\n").count == 1)
        }

        @Test(arguments: [["serve"], ["user", "create", "a@example.com"], ["restore", "one.db"]])
        func `a missing parent of the data directory is not created`(words: [String]) throws {
            let home = try Home.withDatabase()
            #expect(try home.run("backup", "one.db").ending == .exited(0))
            let outcome = try home.run(
                words, input: "secret of Hopper\n",
                settings: ["LUNAUTH_DATADIRECTORY": "a/typing/error"])
            #expect(outcome.ending == .exited(78))
            #expect(outcome.errors.contains("dataDirectory: \(home.path)/a/typing/error"))
            #expect(!home.has("a"))
        }

        @Test(.enabled(if: Installed.canBePretended))
        func `root acts on the installed server as the owner of its data`() throws {
            let key = String(repeating: "5e", count: 32)
            Secrets.protect(key)
            let home = try Home.withDatabase(secretKey: key)
            try home.write("install.sh", Installed.script)
            let mail = #"{"mail":{"transport":"smtp","from":"a@example.com"}}"#
            try home.write("config.json", mail, mode: 0o640)
            try home.write("environment", "LUNAUTH_MAIL_SMTP_HOST=mail.example.com\n")
            let email = Fresh.email()
            let words = [
                "user list --json", "check", "invite create --email \(email)", "secret rotate",
                "mail list", "backup /var/lib/lunauth/backup.db",
                "restore /var/lib/lunauth/backup.db", "invite list",
            ]
            try home.write("commands", words.joined(separator: "\n") + "\n")
            let process = try ChildProcess(
                ["/usr/bin/unshare", "-m", "/bin/sh", "\(home.path)/install.sh", Program.path],
                in: home.path, environment: Program.environment([:]),
                streams: .init(output: "\(home.path)/output", errors: "\(home.path)/errors"))
            let ending = try process.wait(within: 120)
            #expect(ending == .exited(0), "\(home.read("errors") ?? "")")
            let output = home.read("output") ?? ""
            #expect(output.contains("dataDirectory = /var/lib/lunauth "))
            #expect(output.contains("mail.smtp.host = mail.example.com "))
            #expect(output.contains("\tinvited\t\(email)\t"), "written with the mail settings")
            #expect(output.contains("owners: 4711:4712\n"), "\(output)")
            #expect(!output.contains(key))
        }
    }
}

/// A server that is installed on this machine.
private enum Installed {
    /// Whether there is none, so that a command finds none.
    static var isNone: Bool {
        access("/etc/lunauth", F_OK) != 0 && access("/var/lib/lunauth", F_OK) != 0
    }

    /// Whether this process may have its own `/etc` and `/var/lib`.
    static let canBePretended: Bool = {
        guard geteuid() == 0, let home = try? Home() else { return false }
        let process = try? ChildProcess(
            ["/usr/bin/unshare", "-m", "/bin/true"], in: home.path, environment: [:],
            streams: .init())
        return (try? process?.wait()) == .exited(0)
    }()

    /// Installs a server visible only to this shell, runs commands as root and reports the owners of
    /// its files.
    static let script = """
        set -eu
        home=$PWD
        mount -t tmpfs -o mode=755 tmpfs /etc
        mount -t tmpfs -o mode=755 tmpfs /var/lib
        mkdir /etc/lunauth
        cp config.json environment /etc/lunauth
        cp -r data /var/lib/lunauth
        chown -R 4711:4712 /var/lib/lunauth
        cd /
        while read -r words; do
            # shellcheck disable=SC2086
            "$1" $words </dev/null
        done < "$home/commands"
        printf 'owners: '
        find /var/lib/lunauth -printf '%U:%G\\n' | sort -u
        """
}
