/// What an operator should know of a configuration that a server starts with.
struct ConfigurationNote: Sendable, Equatable {
    /// What it is about.
    enum Subject: Sendable, Equatable {
        /// A value that is set in two places.
        case conflict
        /// A key that is no more.
        case retiredKey
        /// A secret that everybody on the machine may read.
        case exposedSecret
        /// A setup code that can be guessed.
        case setupCode
        /// Peers that are trusted without being known.
        case trustedProxies
        /// Rules for passwords that are weaker than advised.
        case passwordRules
    }

    /// What it is about.
    let subject: Subject
    /// One sentence.
    let text: String
}
