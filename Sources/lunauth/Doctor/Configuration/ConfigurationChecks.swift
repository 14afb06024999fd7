import Auth
import HTTP
import Server
import System
import Web

extension Check {
    /// The configuration.
    static let configurationChecks: [Check] = [
        Check("config.file", "whether the configuration file can be read and is JSON") {
            [
                .ok(
                    $0.loaded.layers.fileName.map { "\($0) is read" }
                        ?? "there is no file: defaults and variables apply")
            ]
        },
        Check("config.keys", "unknown keys and variables, with the nearest known name") { _ in
            [.ok("all keys and variables are known")]
        },
        Check(
            "config.values", "values of a wrong type, out of range, or that contradict each other"
        ) {
            $0.loaded.namedFiles.orOK("all values can be used")
        },
        Check("config.sources", "values that are set in two places") {
            $0.loaded.layers.findings(
                of: .conflict, advice: "remove the one that does not count"
            ).orOK("no value is set in two places")
        },
        Check("config.unused", "keys and files that nothing reads") {
            let retired = $0.loaded.layers.findings(of: .retiredKey, advice: "remove it")
            return (UnusedInputs($0).findings + retired).orOK(
                "every key, variable and file is used")
        },
        Check("config.password-rules", "rules for passwords that are weaker than advised") {
            $0.loaded.layers.findings(
                of: .passwordRules, advice: "raise the value, or leave it to its default"
            ).orOK("they are as strict as advised")
        },
        Check("config.trusted-proxies", "trust in peers that are not known") {
            $0.loaded.layers.findings(
                of: .trustedProxies, advice: "name the addresses of the proxies alone"
            ).orOK("only named proxies are trusted")
        },
        Check("config.plain-http", "plain HTTP beyond this machine") {
            PlainHTTP.findings(
                website: $0.values.websiteURL, listen: $0.values.listen,
                trustsOtherMachines: $0.values.trustsOtherMachines
            ).orOK("passwords cross no network in clear text")
        },
    ]
}

extension LoadedConfiguration {
    /// What is wrong with files that values name; mails have a check of their own.
    fileprivate var namedFiles: [Finding] {
        var findings: [Finding] = []
        do {
            _ = try siteLogo()
        } catch {
            findings += error.problems.map { .error("\($0)", advice: $0.advice) }
        }
        if let problem = values.audit.checkpoint.problem {
            findings.append(
                .warning(
                    problem, advice: "let the user of the server write there, or run the program"))
        }
        return findings
    }
}

extension LayeredConfiguration {
    /// A warning for each note of a subject.
    func findings(of subject: ConfigurationNote.Subject, advice: String) -> [Finding] {
        notes.filter { $0.subject == subject }.map { .warning($0.text, advice: advice) }
    }
}

extension Configuration {
    /// Whether a proxy on another machine is expected.
    fileprivate var trustsOtherMachines: Bool {
        trustedProxies.contains { !$0.network.isLoopback }
    }
}

/// Who could read passwords on their way.
enum PlainHTTP {
    /// TLS ends in a proxy: on this machine, or on one that is trusted.
    static func findings(
        website: Origin, listen: [ListenAddress], trustsOtherMachines: Bool
    ) -> [Finding] {
        var findings: [Finding] = []
        if !website.isSecure, !website.isOnThisMachine {
            findings.append(
                .error(
                    "websiteUrl is \(website): passwords and cookies cross the network in clear text",
                    advice: "serve the site over https by a proxy, and set websiteUrl to that"))
        }
        let open = listen.filter(\.isBeyondThisMachine)
        if !open.isEmpty, !trustsOtherMachines {
            let addresses = open.map(\.description).joined(separator: ", ")
            findings.append(
                .warning(
                    "other machines reach \(addresses) without TLS, and no proxy on another machine is "
                        + "trusted",
                    advice:
                        "listen on 127.0.0.1 or a Unix socket, or name the proxy in trustedProxies and let "
                        + "the firewall admit it alone"))
        }
        return findings
    }
}

extension ListenAddress {
    /// Whether other machines reach it.
    var isBeyondThisMachine: Bool {
        if case .tcp(let address, _) = self { !address.isLoopback } else { false }
    }
}
