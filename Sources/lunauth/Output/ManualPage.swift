import ArgumentParser

/// The manual page lunauth(1), made of what the commands say of themselves.
struct ManualPage {
    /// The page, in the man macros of roff.
    private(set) var text = ""

    /// The page of a command and all that are below it.
    init(of program: any ParsableCommand.Type) {
        let configuration = program.configuration
        // Without hyphens in commands, which are copied.
        text += ".TH LUNAUTH 1 \"\" \"lunauth \(Version.current)\"\n.nh\n"
        section("NAME")
        paragraph("lunauth - \(configuration.abstract)")
        section("SYNOPSIS")
        paragraph("lunauth COMMAND [OPTIONS]")
        paragraph("lunauth help COMMAND")
        section("COMMANDS")
        for command in configuration.subcommands where command.configuration.shouldDisplay {
            add(command, below: program, named: "lunauth")
        }
        for (title, entries) in Self.sections {
            section(title)
            for (term, meaning) in entries {
                text += ".TP\n.B \(Self.escaped(term))\n\(Self.escaped(meaning))\n"
            }
        }
    }

    private mutating func add(
        _ command: any ParsableCommand.Type, below parent: any ParsableCommand.Type,
        named path: String
    ) {
        let configuration = command.configuration
        let path = "\(path) \(configuration.commandName ?? "")"
        guard configuration.subcommands.isEmpty else {
            for below in configuration.subcommands { add(below, below: command, named: path) }
            return
        }
        text += ".SS \(Self.escaped(path))\n"
        paragraph(configuration.abstract)
        if !configuration.discussion.isEmpty { paragraph(configuration.discussion) }
        // Usage, arguments and options, laid out already.
        let help = Lunauth.helpMessage(for: command, columns: 78)
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
        text += ".PP\n.nf\n"
        for line in lines.drop(while: { !$0.hasPrefix("USAGE:") }) {
            text += "\(Self.escaped(line))\n"
        }
        text += ".fi\n"
    }

    private mutating func section(_ title: String) { text += ".SH \(title)\n" }

    private mutating func paragraph(_ words: String) { text += ".PP\n\(Self.escaped(words))\n" }

    /// Text that roff takes as it is.
    private static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        // A dot or quote at the beginning of a line would make it a request.
        let begins = escaped.unicodeScalars.first
        return begins == "." || begins == "'" ? "\\&\(escaped)" : escaped
    }

    private static let sections: [(title: String, entries: [(String, String)])] = [
        (
            "FILES",
            [
                ("./config.json, ./data", "Looked at first, where --config names nothing."),
                (
                    "/etc/lunauth/config.json, /etc/lunauth/environment",
                    "The configuration of the server that systemd runs."
                ),
                ("/var/lib/lunauth", "Its databases, secret.key and setup.json."),
            ]
        ),
        (
            "ENVIRONMENT",
            [
                ("LUNAUTH_DATADIRECTORY", "The directory of the server."),
                (
                    "LUNAUTH_...",
                    "Each key of the configuration: its path in capitals, joined by underscores."
                ),
            ]
        ),
        (
            "EXIT STATUS",
            [
                ("0", "Done; also when the reader of the output had enough."),
                ("1", "Refused: there is no such account, or there is one already."),
                ("64", "The command line or an input is wrong."),
                ("69", "An address or the data directory is in use, or no server is running."),
                ("74", "Input or output failed, or the database is damaged, gone or newer."),
                ("78", "The configuration is wrong, or no server was found."),
            ]
        ),
    ]
}
