import Glibc
import TestSupport
import Testing

@testable import System

/// What the kernel says of a process and a machine.
struct HostFactsTests {
    @Test func `a control group is limited by those above it`() {
        let text = "12:cpuset:/old\n0::/system.slice/lunauth.service\n"
        #expect(ControlGroup.path(in: text) == "/system.slice/lunauth.service")
        #expect(ControlGroup.path(in: "1:name=systemd:/x\n") == nil)
        #expect(
            ControlGroup.directories(of: "/system.slice/lunauth.service")
                == ["", "/system.slice", "/system.slice/lunauth.service"])
        #expect(ControlGroup.directories(of: "/") == [""])
        #expect(ControlGroup.limit(in: "536870912\n") == 536_870_912)
        #expect(ControlGroup.limit(in: "max\n") == nil)
    }

    @Test func `the hard limit of descriptors is the second number`() {
        let head = "Limit                     Soft Limit           Hard Limit           Units\n"
        let line = "Max open files            1024                 524288               files\n"
        #expect(DescriptorLimit.hard(in: head + line) == 524_288)
        #expect(DescriptorLimit.hard(in: "Max open files  1024  unlimited  files\n") == .max)
        #expect(DescriptorLimit.hard(in: head) == nil)
        #expect(DescriptorLimit.hard() == DescriptorLimit.hard(of: getpid()))
        #expect(DescriptorLimit.hard(of: .max) == nil)
    }

    @Test(
        arguments: [
            (0x6969, .network("NFS")), (0xFF53_4D42, .network("SMB")), (0x6573_5546, .userSpace),
            (0x0102_1994, .memory), (0x794C_7630, .container), (0xEF53, .local),
        ] as [(Int64, FileSystem)])
    func `a file system is known by its number`(type: Int64, system: FileSystem) {
        #expect(FileSystem(type: type) == system)
    }

    @Test func `a path that is not there has no file system`() {
        #expect(FileSystem(at: "/nonexistent") == nil)
        #expect(FileSystem(at: "/") != nil)
        #expect(FileSystem(at: "/dev/shm") == .memory || access("/dev/shm", R_OK) != 0)
    }

    @Test func `the holder of a lock is known while it has it`() throws {
        let directory = try TemporaryDirectory()
        #expect(DirectoryLock.holder(directory: directory.path) == nil)
        do {
            let lock = try DirectoryLock(directory: directory.path, waitingSeconds: 0)
            #expect(DirectoryLock.holder(directory: directory.path) == getpid())
            withExtendedLifetime(lock) {}
        }
        #expect(DirectoryLock.holder(directory: directory.path) == nil)
    }

    @Test func `the status of a symbolic link is its own`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write([1], to: path)
        #expect(FileStatus(path) == FileStatus(kind: .regular, mode: 0o600, user: geteuid()))
        #expect(FileStatus(path)?.octal == "0600")
        #expect(symlink(path, "\(directory.path)/link") == 0)
        #expect(FileStatus("\(directory.path)/link")?.kind == .other)
        #expect(FileStatus(directory.path)?.kind == .directory)
        #expect(FileStatus("\(directory.path)/none") == nil)
        #expect(Path.modified(path) != nil && Path.modified("\(path)x") == nil)
    }
}
