// lunauth: the daemon and its command line; the only module that knows all others.
//
// Contains the commands, the configuration, the log, the monitoring, and the wiring of the daemon.
// May import: every module, swift-argument-parser, swift-log.
// Begin with `Main.swift`, then `Daemon/Daemon.swift` and `Daemon/DaemonServices.swift`; a setting
// begins in `Configuration/ConfigurationKey.swift`.
