import System

/// What the doctor knows of the machine, as the server meets it.
///
/// Limits are those of the running server; where none runs, those of the command itself.
struct Host: Sendable {
    /// The process of the running server; nil where none runs, or it is not visible from here.
    var server: Int32?
    /// The least memory that its control group may take, in bytes; nil for no limit.
    var memoryLimit: UInt64?
    /// How far it can raise its limit of descriptors; nil where the kernel does not say.
    var descriptors: UInt64?
    /// Whether a time service keeps the clock right; nil where the kernel does not say.
    var isClockSynchronized: Bool?
    /// The file system of the data directory; nil where there is none.
    var fileSystem: FileSystem?
    /// Its space; nil where there is none.
    var disk: DiskSpace?
    /// The cores of the machine.
    var cores = 1
}

extension Host {
    /// This machine.
    ///
    /// - Parameter directory: The data directory.
    init(of directory: String) {
        server = DirectoryLock.holder(directory: directory)
        memoryLimit = ControlGroup.memoryLimit(of: server)
        descriptors = DescriptorLimit.hard(of: server)
        isClockSynchronized = SystemClock.isSynchronized
        fileSystem = FileSystem(at: directory)
        disk = try? DiskSpace(at: directory)
        cores = Environment.cores
    }

    /// Whose limits these are, to end a sentence.
    var whose: String {
        server.map { "of the running server (process \($0))" }
            ?? "of this shell, since no running server is seen"
    }
}
