extension Transaction {
    /// Records that the database came from a backup, and signs how far the chain goes in it.
    ///
    /// What the record says of later times is gone: a checkpoint of before that was kept elsewhere contradicts
    /// the chain from now on, as it would one that was cut off.
    /// - Parameter madeAt: When the backup was made, where that is known.
    /// - Throws: `unavailable`.
    public func recordRestore(of madeAt: Timestamp?) throws(AuthError) {
        guard let recorder = cause.recorder else {
            throw EventRecorder.unusable("no recorder for a restore")
        }
        _ = try recorder.replaceLostKeys(in: self)
        try record(.backupRestored, of: nil, [EventChange(.time, to: madeAt?.rfc3339)])
        try saveLinkerLease(nil)
        do throws(AuthError) {
            var linker = try Linker(in: self)
            try linker.linkAll()
            try linker.sign(.restore)
        } catch .unavailable(.auditKeyUnusable, _) {
            // A chain that was tampered with before is not continued, and its data can be restored all the same.
        }
    }
}
