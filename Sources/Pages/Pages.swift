package import Web

/// The pages, by feature.
package enum Pages {
    /// Every page.
    package static func all(_ configuration: PagesConfiguration) -> [WebPage] {
        let always = [
            assets(configuration),
            resetPassword(configuration),
            reviewUser(configuration),
            verifyEmail(configuration),
        ]
        guard configuration.isEnabled else { return always.flatMap(\.self) }
        let enabled = [
            account(configuration),
            activity(configuration),
            adminAudit(configuration),
            adminExplain(configuration),
            adminInvites(configuration),
            adminMails(configuration),
            adminOverview(configuration),
            adminSettings(configuration),
            adminUser(configuration),
            adminUsers(configuration),
            authenticator(configuration),
            denied(configuration),
            enrolment(configuration),
            forgotPassword(configuration),
            login(configuration),
            logout(configuration),
            passkeySignIn(configuration),
            reauthenticate(configuration),
            recoveryCodes(configuration),
            secondStep(configuration),
            register(configuration),
            setup(configuration),
            signup(configuration),
            start(configuration),
            wellKnownPaths(configuration),
        ]
        return (always + enabled).flatMap(\.self)
    }

    /// Where the pages are.
    package enum Path {
        package static let start = "/auth/"
        package static let setup = "/auth/setup"
        package static let login = "/auth/login"
        package static let secondStep = "/auth/login/second"
        package static let enrolment = "/auth/login/enrol"
        package static let recovered = "/auth/login/recovered"
        package static let reauthenticate = "/auth/reauthenticate"
        package static let passkeyLogin = "/auth/passkeys/login"
        package static let passkeys = "/auth/passkeys"
        package static let passkeyOffer = "/auth/passkeys/offer"
        package static let authenticator = "/auth/totp"
        package static let confirmAuthenticator = "/auth/totp/confirm"
        package static let recoveryCodes = "/auth/recovery-codes"
        package static let logout = "/auth/logout"
        package static let register = "/auth/register"
        package static let signup = "/auth/signup"
        package static let forgotPassword = "/auth/password/forgot"
        package static let resetPassword = "/auth/password/reset"
        package static let verifyEmail = "/auth/email/verify"
        package static let rejectEmail = "/auth/email/verify/reject"
        package static let cancelEmailChange = "/auth/email/change/cancel"
        package static let changePassword = "/auth/account#password"
        package static let denied = "/auth/denied"
        package static let account = "/auth/account"
        package static let activity = "/auth/account/activity"
        package static let admin = "/auth/admin"
        package static let adminUsers = "/auth/admin/users"
        package static let adminExplain = "/auth/admin/explain"
        package static let adminInvites = "/auth/admin/invites"
        package static let adminAudit = "/auth/admin/audit"
        package static let adminMails = "/auth/admin/mails"
        package static let adminSettings = "/auth/admin/settings"
    }
}
