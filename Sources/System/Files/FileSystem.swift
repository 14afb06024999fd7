import CLinux

/// The kind of a file system (statfs(2)).
public enum FileSystem: Sendable, Equatable {
    /// On a disk of this machine, or one that is not known here.
    case local
    /// On another machine, by its name: locks and shared memory of two machines do not see each other.
    case network(String)
    /// In user space, by a program that may or may not keep what it promises.
    case userSpace
    /// In memory: it is empty after a restart of the machine.
    case memory
    /// The upper layer of a container: it goes with the container.
    case container

    /// The file system of a path; nil where the kernel does not say.
    public init?(at path: String) {
        let type = unsafe clinux_file_system_type(path)
        guard type >= 0 else { return nil }
        self.init(type: type)
    }

    /// The file system with a number of `linux/magic.h`.
    public init(type: Int64) {
        self =
            switch type {
            case 0x6969: .network("NFS")
            case 0x517B, 0xFF53_4D42, 0xFE53_4D42: .network("SMB")
            case 0x0102_1997: .network("9P")
            case 0x5346_414F, 0x6B41_4653: .network("AFS")
            case 0x00C3_6400: .network("Ceph")
            case 0x7375_7245: .network("Coda")
            case 0x0BD0_0BD0: .network("Lustre")
            case 0x786F_4256: .network("a shared folder of VirtualBox")
            case 0x6573_5546: .userSpace
            case 0x0102_1994, 0x8584_58F6: .memory
            case 0x794C_7630: .container
            default: .local
            }
    }
}
