import Glibc

extension DurableFile {
    /// The end of a file that is compared with a line.
    private static let tailBytes = 4_096

    /// Appends a line to a file, which is made if there is none, and returns when it is on the disk.
    ///
    /// A line that a crash cut off is ended first. One that is the last already, because only its way to the
    /// disk failed, is not repeated.
    /// - Parameters:
    ///   - line: At most 4,096 bytes, with its line feed.
    ///   - path: Its directory exists; a regular file.
    /// - Throws: `io`.
    public static func append(_ line: [UInt8], to path: String) throws(FileError) {
        let file = try FileDescriptor(
            opening: path, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY)
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0 else {
            throw .system("fstat", path, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .io(path: path, detail: "not a regular file")
        }
        let end = try tail(of: file, size: Int(status.st_size), path)
        if !end.elementsEqual(line), !end.ends(with: [UInt8(ascii: "\n")] + line) {
            let isCutOff = end.last.map { $0 != UInt8(ascii: "\n") } ?? false
            try write((isCutOff ? [UInt8(ascii: "\n")] : []) + line, to: file, path)
        }
        try file.synchronize(path)
        // With no more than this line in it, it may have been made just now.
        if end.count <= line.count { try synchronizeDirectory(of: path) }
    }

    private static func tail(
        of file: borrowing FileDescriptor, size: Int, _ path: String
    ) throws(FileError) -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: min(size, tailBytes + 1))
        let number = file.number
        let start = size - bytes.count
        let outcome = unsafe bytes.withUnsafeMutableBytes { buffer in
            SystemCall.retrying {
                unsafe pread(number, buffer.baseAddress, buffer.count, start)
            }
        }
        switch outcome {
        case .done(let count): return bytes[..<count]
        case .wouldBlock: throw .system("pread", path, code: EAGAIN)
        case .failed(let code): throw .system("pread", path, code: code)
        }
    }

    private static func write(
        _ bytes: [UInt8], to file: borrowing FileDescriptor, _ path: String
    ) throws(FileError) {
        var rest = bytes[...]
        let number = file.number
        while !rest.isEmpty {
            let outcome = unsafe rest.withUnsafeBytes { buffer in
                SystemCall.retrying {
                    unsafe Glibc.write(number, buffer.baseAddress, buffer.count)
                }
            }
            switch outcome {
            case .done(let count): rest = rest.dropFirst(count)
            case .wouldBlock: throw .system("write", path, code: EAGAIN)
            case .failed(let code): throw .system("write", path, code: code)
            }
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with bytes: [UInt8]) -> Bool { suffix(bytes.count).elementsEqual(bytes) }
}
