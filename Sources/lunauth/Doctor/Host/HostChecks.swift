import System

extension Check {
    /// The machine.
    static let hostChecks: [Check] = [
        Check(
            "host.memory",
            "the most memory the server may need, beside the limit of its control group"
        ) {
            let values = $0.values
            let hasForeign = (try? $0.databaseFacts())?.hasForeignPasswords ?? false
            let need = MemoryNeed(of: values, cores: $0.host.cores, hasForeign: hasForeign)
            return [HostRules.memory(need, limit: $0.host.memoryLimit)]
        },
        Check("host.descriptors", "the limit of open files, beside `http.maximumConnections`") {
            [
                HostRules.descriptors(
                    $0.host.descriptors, of: $0.host.whose,
                    sizes: ServerSizes(cores: $0.host.cores),
                    connections: $0.values.http.maximumConnections)
            ]
        },
        Check("host.clock", "whether a time service keeps the clock right") {
            [HostRules.clock(isSynchronized: $0.host.isClockSynchronized)]
        },
    ]
}

/// What the machine has to be like.
enum HostRules {
    /// The worst case has to fit into the control group, or the kernel kills the server under load.
    static func memory(_ need: MemoryNeed, limit: UInt64?) -> Finding {
        let worst = need.bytes.mebibytes
        guard let limit else {
            return .ok("at most \(worst) (\(need)); its control group has no limit")
        }
        guard need.bytes > limit else {
            return .ok("at most \(worst) (\(need)), of \(limit.mebibytes)")
        }
        return .warning(
            "at most \(worst) (\(need)), but its control group has \(limit.mebibytes)",
            advice:
                "raise MemoryMax= or the limit of the container, or lower http.maximumConnections and cache.*"
        )
    }

    /// A connection is a descriptor.
    static func descriptors(
        _ limit: UInt64?, of whose: String, sizes: ServerSizes, connections: Int
    ) -> Finding {
        guard let limit else { return .skipped("the kernel does not say the limit") }
        let found = sizes.connections(within: Int(clamping: limit))
        let needed = connections + sizes.otherDescriptors
        guard found < connections else {
            return .ok("\(limit) \(whose), of which \(needed) may be needed")
        }
        return .warning(
            "\(limit) \(whose) allows \(found) connections, fewer than http.maximumConnections \(connections)",
            advice: "set LimitNOFILE=\(needed) or more, or lower http.maximumConnections")
    }

    /// Tokens, codes of authenticator apps and links are good for a time.
    static func clock(isSynchronized: Bool?) -> Finding {
        switch isSynchronized {
        case true?: .ok("the clock is synchronised")
        case false?:
            .warning(
                "no time service keeps the clock right: codes of authenticator apps fail when it is "
                    + "30 seconds off",
                advice: "enable one (`timedatectl set-ntp true`), on this machine or its host")
        case nil: .skipped("the kernel does not say whether the clock is synchronised")
        }
    }
}
