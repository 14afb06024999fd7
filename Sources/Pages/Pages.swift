package import Web

/// The pages, by feature.
package enum Pages {
    /// Every page.
    package static let all: [WebPage] = [
        resetPassword, verifyEmail, cancelEmailChange, reviewUser,
    ].flatMap(\.self)
}
