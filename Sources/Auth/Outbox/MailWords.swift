/// The words that are part of the values of mails.
extension Language {
    /// When a key ends that has no end.
    var never: String {
        switch self {
        case .en: "never"
        case .de: "nie"
        }
    }

    /// The address of a process on the machine of the server.
    var unknownAddress: String {
        switch self {
        case .en: "unknown"
        case .de: "unbekannt"
        }
    }

    /// A device whose User-Agent names none.
    var unknownDevice: String {
        switch self {
        case .en: "unknown device"
        case .de: "unbekanntes Gerät"
        }
    }

    /// A browser with its system: `Firefox on Linux`.
    func browser(_ name: String, on system: String) -> String {
        switch self {
        case .en: "\(name) on \(system)"
        case .de: "\(name) unter \(system)"
        }
    }
}
