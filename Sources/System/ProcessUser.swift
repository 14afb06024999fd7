import Glibc

/// The user that this process acts as.
public enum ProcessUser {
    /// Whether it may read and write everything.
    public static var isRoot: Bool { geteuid() == 0 }

    /// Acts as another user from now on, with no way back and none of root's groups.
    ///
    /// Only root can, and only while the process has one thread. Core files stay forbidden.
    /// - Parameters:
    ///   - user: Not root.
    ///   - group: The only one.
    /// - Throws: The call that failed; the process must end then, since some of it is done.
    public static func become(user: UInt32, group: UInt32) throws(SystemError) {
        var groups = [group]
        guard unsafe setgroups(1, &groups) == 0 else {
            throw SystemError("setgroups", code: errno)
        }
        guard setgid(group) == 0 else { throw SystemError("setgid", code: errno) }
        guard setuid(user) == 0 else { throw SystemError("setuid", code: errno) }
        guard setuid(0) != 0, getuid() == user, getegid() == group else {
            throw SystemError("setuid", code: EPERM)
        }
        // The kernel makes memory readable again for the new user.
        ProcessHardening.forbidDumps()
    }
}
