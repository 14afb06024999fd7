import API
import Auth

@testable import lunauth

/// Lines `LUNAUTH_…=value`, then the text of a file: accepted values can be formatted and parsed again,
/// and every error is one line.
enum ConfigurationHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        var environment: [String: String] = [:]
        var rest = input[...]
        while rest.starts(with: "LUNAUTH_".utf8) {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            let equals = line.firstIndex(of: UInt8(ascii: "=")) ?? line.endIndex
            environment[String(decoding: line[..<equals], as: UTF8.self)] =
                String(decoding: line[equals...].dropFirst(), as: UTF8.self)
            rest = rest[line.endIndex...].dropFirst()
        }
        let file =
            rest.isEmpty
            ? nil
            : ConfigurationFile(
                name: "/etc/lunauth/config.json", workingDirectory: "/srv", bytes: Array(rest))
        let layers: LayeredConfiguration
        let configuration: Configuration
        do throws(ConfigurationError) {
            layers = try LayeredConfiguration(
                file: file, environment: environment, workingDirectory: "/srv")
            configuration = try layers.checked()
        } catch {
            return try checkProblems(error)
        }
        try checkReport(layers)
        try checkNotation(configuration)
        try checkStored(layers)
    }

    private static func checkProblems(_ error: ConfigurationError) throws(BrokenProperty) {
        try check(!error.problems.isEmpty, "wrong in no way")
        for problem in error.problems {
            let text = "\(problem)"
            try check(!text.isEmpty && isLine(text), "no line: \(text)")
        }
    }

    private static func checkReport(_ layers: LayeredConfiguration) throws(BrokenProperty) {
        let count = layers.report().utf8.count { $0 == UInt8(ascii: "\n") } + 1
        try check(count == ConfigurationKey.all.count, "a report of \(count) lines")
        for warning in layers.warnings { try check(isLine(warning), "no line: \(warning)") }
    }

    /// Each value, formatted as its variable, gives the same configuration.
    private static func checkNotation(_ configuration: Configuration) throws(BrokenProperty) {
        var again = Configuration()
        for key in ConfigurationKey.all {
            let text = key.text(configuration)
            try check(
                key.set(&again, key.notation.json(text)), "\(key.path) does not take \(text)")
        }
        let changed = ConfigurationKey.changed(from: configuration, to: again).map(\.path)
        try check(again == configuration, "changed when written down: \(changed)")
    }

    /// The stored setup is applied on top.
    private static func checkStored(_ layers: LayeredConfiguration) throws(BrokenProperty) {
        guard let website = Origin("https://auth.example.org") else { return }
        var layers = layers
        layers.apply(
            SetupRecord(
                databaseName: "other", websiteURL: website, migrationType: .automatic,
                retentionPeriod: .standardRetention))
        if let configuration = try? layers.checked() {
            try check(
                configuration.database.fileName.map { $0 == "other" } ?? true
                    || layers.isFixed("database"),
                "setup is overruled")
        }
        try checkReport(layers)
    }

    private static func isLine(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
