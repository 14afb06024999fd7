public import Crypto

/// What the linker's thread of a server does.
public struct LinkerService {
    let context: AuthContext

    /// Whether events wait to be linked: a look at the newest one, without a transaction.
    ///
    /// - Throws: `unavailable`.
    public func hasWork() throws(AuthError) -> Bool {
        try context.store.unlinkedEventCount(upTo: 1) > 0
    }

    /// Links a batch of events, and signs the checkpoints that are due.
    ///
    /// - Parameter process: The id of this process.
    /// - Returns: What was done; nil while another process links.
    /// - Throws: `unavailable`, also when the head of the chain is not what the server left.
    public func link(as process: UUID) throws(AuthError) -> Linked? {
        try context.store.writeLinks { transaction throws(AuthError) in
            guard try transaction.takeLinkerLease(for: process) else { return nil }
            var linker = try Linker(in: transaction)
            try linker.link()
            try linker.signIfDue()
            return linker.linked
        }
    }

    /// Links what waits, a batch in each transaction, before one that needs all of it linked: no other write waits
    /// long for that one.
    ///
    /// - Returns: The checkpoints that were signed.
    /// - Throws: As `link`.
    func linkBacklog() throws(AuthError) -> [SignedCheckpoint] {
        var signed: [SignedCheckpoint] = []
        var isMore = try hasWork()
        while isMore {
            let linked = try context.store.writeLinks { transaction throws(AuthError) in
                var linker = try Linker(in: transaction)
                try linker.link()
                return linker.linked
            }
            signed += linked.checkpoints
            isMore = linked.isMore
        }
        return signed
    }

    /// Makes new keys for the record where the secret key that opens them is lost.
    ///
    /// - Returns: Whether it was: events of before cannot be verified then.
    /// - Throws: `unavailable`.
    public func replaceLostKeys() throws(AuthError) -> Bool {
        // Every start asks, and hardly any has to wait for the disk.
        guard let recorder = context.store.cause.recorder,
            try recorder.hasLostKeys(in: context.store)
        else { return false }
        return try context.store.write { transaction throws(AuthError) in
            try recorder.replaceLostKeys(in: transaction)
        }
    }

    /// Signs what is linked, when the server stops, and lets another process link.
    ///
    /// - Parameter process: The id of this process.
    /// - Returns: What was done; nil while another process links.
    /// - Throws: As `link`.
    public func finish(as process: UUID) throws(AuthError) -> Linked? {
        try context.store.writeLinks { transaction throws(AuthError) in
            guard try transaction.takeLinkerLease(for: process) else { return nil }
            var linker = try Linker(in: transaction)
            try linker.link()
            if !linker.linked.isMore {
                if linker.hasUnsigned { try linker.sign(.shutdown) }
                try transaction.saveLinkerLease(nil)
            }
            return linker.linked
        }
    }
}

extension AuthService {
    /// Linking and purging the record of events.
    public var linker: LinkerService { LinkerService(context: context) }
}

extension Transaction {
    /// Makes a process the one that links, unless another one is.
    fileprivate func takeLinkerLease(for process: UUID) throws(AuthError) -> Bool {
        let lease = try linkerLease()
        guard lease?.excludes(process, at: now) != true else { return false }
        // The rest of a fresh one is enough: not every transaction writes it.
        if lease?.holder != process
            || lease.map({ $0.until < now.adding(seconds: LinkerLease.seconds - 1) }) == true
        {
            try saveLinkerLease(
                LinkerLease(holder: process, until: now.adding(seconds: LinkerLease.seconds)))
        }
        return true
    }
}
