import System

/// The lines of a file that is opened once, before the command acts as the owner of the data.
final class LineSource {
    private var reader: LineReader

    /// Opens a file, or takes standard input for `-`.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - maximum: The most bytes that a line may have.
    /// - Throws: `io`.
    init(_ path: String, maximum: Int) throws(FileError) {
        reader =
            path == "-"
            ? LineReader(standardInput: maximum) : try LineReader(path, maximum: maximum)
    }

    /// The next line without its line feed; nil at the end.
    ///
    /// - Throws: `io`, also for a line that is too long.
    func next() throws(FileError) -> [UInt8]? { try reader.next() }
}
