import System

extension Check {
    /// Files and who may read them.
    static let fileChecks: [Check] = [
        Check("files.data-directory", "owner and mode of the data directory and of those above it")
        {
            FileRules.dataDirectory($0.values.dataDirectory)
        },
        Check("files.modes", "owner and mode of each file in the data directory") {
            FileRules.content(of: $0.values.dataDirectory)
        },
        Check("files.secrets", "secrets in files that other users may read") {
            $0.loaded.layers.findings(of: .exposedSecret, advice: "give the file mode 0600").orOK(
                "no other user may read a secret")
        },
        Check("files.setup-record", "whether `setup.json` is there and whole") {
            guard $0.loaded.missingSetup != nil else {
                return [
                    .ok($0.loaded.setup == nil ? "setup is not done yet" : "setup.json is whole")
                ]
            }
            return [
                .warning(
                    "\($0.values.dataDirectory)/setup.json is missing or damaged; the database has its content",
                    advice: "restart the server, which writes it again")
            ]
        },
    ]
}

/// What files of a server have to be like.
enum FileRules {
    /// The directory is its owner's alone, and no other user can put another one in its place.
    static func dataDirectory(_ path: String) -> [Finding] {
        guard let status = FileStatus(path) else {
            return [.ok("\(path) is not there yet; the first start makes it")]
        }
        var findings: [Finding] = []
        if status.kind == .directory, status.mode & 0o077 != 0 {
            findings.append(
                .error(
                    "\(path) has mode \(status.octal): other users can look for what is in it",
                    advice: "chmod 0700 \(path)"))
        }
        findings += directories(above: path).compactMap { directory, status in
            objection(to: directory, status)
        }
        return findings.orOK("\(path) belongs to user \(status.user), mode \(status.octal)")
    }

    /// Every file is the owner's of the directory, for the owner alone.
    static func content(of directory: String) -> [Finding] {
        guard let owner = FileStatus(directory)?.user else {
            return [.skipped("there is no data directory yet")]
        }
        let names: [String]
        do {
            names = try Directory.names(in: directory)
        } catch {
            return [
                .error(
                    "\(directory): \(error)", advice: "run the command as root, or as the server")
            ]
        }
        let files = names.sorted().compactMap { name in
            FileStatus("\(directory)/\(name)").map { (path: "\(directory)/\(name)", status: $0) }
        }.filter { $0.status.kind == .regular }
        return files.flatMap { self.file($0.path, $0.status, owner: owner) }
            .orOK("\(files.count.of("file")) of user \(owner), for that user alone")
    }

    /// One file.
    static func file(_ path: String, _ status: FileStatus, owner: UInt32) -> [Finding] {
        var findings: [Finding] = []
        if status.user != owner {
            findings.append(
                .error(
                    "\(path) belongs to user \(status.user), the directory to user \(owner)",
                    advice: "chown \(owner) \(path)"))
        }
        if status.mode & 0o077 != 0 {
            findings.append(
                .error(
                    "\(path) has mode \(status.octal): other users may read or change it",
                    advice: "chmod 0600 \(path)"))
        }
        return findings
    }

    /// A directory in which another user can rename what is in it.
    private static func objection(to directory: String, _ status: FileStatus) -> Finding? {
        // The sticky bit keeps others from moving it.
        guard status.mode & 0o022 != 0, status.mode & 0o1000 == 0 else { return nil }
        return .warning(
            "\(directory), above the data directory, has mode \(status.octal): other users can replace what "
                + "is in it",
            advice: "chmod go-w \(directory)")
    }

    private static func directories(above path: String) -> [(String, FileStatus)] {
        var directory = path
        var found: [(String, FileStatus)] = []
        while directory != "/", directory != "." {
            directory = Path.directory(of: directory)
            if let status = FileStatus(directory) { found.append((directory, status)) }
        }
        return found
    }
}
