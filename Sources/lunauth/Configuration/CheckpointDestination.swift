import Glibc
import JSON
import System

/// Where each new checkpoint is sent.
enum CheckpointDestination: Sendable, Equatable {
    /// Nowhere.
    case none
    /// To the end of a file; absolute once the configuration is read.
    case file(String)
    /// To the standard input of a program, an absolute path.
    case program(String)
}

extension CheckpointDestination {
    /// Why nothing can be sent, as far as that is known beforehand; nil where nothing is in the way.
    var problem: String? {
        switch self {
        case .none: return nil
        case .program(let path): return Self.problem(of: path, mode: X_OK)
        case .file(let path) where Path.exists(path):
            return Self.problem(of: path, mode: R_OK | W_OK)
        case .file(let path):
            return Self.problem(of: Path.directory(of: path), mode: W_OK | X_OK)
        }
    }

    private static func problem(of path: String, mode: Int32) -> String? {
        guard unsafe access(path, mode) != 0 else { return nil }
        return "audit.checkpoint: \(FileError.system("access", path, code: errno))"
    }
}

extension ConfigurationFormat<CheckpointDestination> {
    /// A file, or a program behind a bar, or nothing.
    static let checkpointDestination = Self(
        expected: "a path, or \"|\" and the absolute path of a program, or nothing",
        notation: .text,
        read: { json in
            guard let text = json.text, text.isPath else { return nil }
            guard !text.isEmpty else { return CheckpointDestination.none }
            guard text.hasPrefix("|") else { return .file(text) }
            let program = String(text.dropFirst())
            return program.hasPrefix("/") ? .program(program) : nil
        },
        write: { destination in
            switch destination {
            case .none: ""
            case .file(let path): path
            case .program(let path): "|\(path)"
            }
        })
}
