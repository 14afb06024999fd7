import ArgumentParser
import Auth
import SQLiteStore

/// `lunauth config`: what can be changed while the server runs, beside it or without one.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print or change settings of a server; a running one follows within a second.",
        discussion: """
            \(SettingName.list). What the configuration file decides is printed by `lunauth check`.
            """,
        subcommands: [Get.self, Set.self, Unset.self])

    /// `lunauth config get`.
    struct Get: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "get",
            abstract: "Print all settings and where they come from, or one value.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The value of this setting alone.", transform: SettingName.init(argument:))
        var name: SettingName?

        func run() throws {
            let loaded = try Administration.load(options)
            try Administration.run(loaded) { service in
                let all = loaded.settings(service.state.settings)
                guard let name else {
                    for setting in all { try StandardOutput.line("\(setting)") }
                    return
                }
                for setting in all where setting.name == name.rawValue {
                    try StandardOutput.line(setting.value)
                }
            }
        }
    }

    /// `lunauth config set`.
    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change a setting.")

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "The setting.", transform: SettingName.init(argument:)) var name:
            SettingName
        @Argument(
            help: """
                true or false, an origin, automatic or manual, a period such as 90d, a name, a colour \
                such as #30528c, or an address.
                """)
        var value: String

        func run() throws {
            var change = SettingsChange()
            try name.set(value, in: &change)
            try ConfigCommand.make(change, options)
        }
    }

    /// `lunauth config unset`.
    struct Unset: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unset",
            abstract: "Forget a stored setting: the configuration file or the default counts again."
        )

        @OptionGroup var options: ConfigurationOptions
        @Argument(help: "\(SettingName.removable).") var name: String

        func run() throws {
            guard let setting = SettingName(rawValue: name) else {
                throw ValidationError("expected \(SettingName.removable)")
            }
            var change = SettingsChange()
            try setting.unset(in: &change)
            try ConfigCommand.make(change, options)
        }
    }

    /// Makes a change, and names the places of what still contradicts it.
    fileprivate static func make(
        _ change: SettingsChange, _ options: ConfigurationOptions
    ) throws {
        try Administration.run(options) { service in
            guard service.state.hasOwner else {
                throw ExitStatus.failure.fail("the server is not set up yet")
            }
            _ = try service.settings.change(change, by: .commandLine, from: .commandLine)
        }
        for warning in try Administration.load(options).layers.conflicts {
            StandardError.write("warning: \(warning)\n")
        }
    }
}
