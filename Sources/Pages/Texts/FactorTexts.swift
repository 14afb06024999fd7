import Auth

/// What the pages say about second factors, passkeys and recovery codes.
protocol FactorTexts {
    // MARK: The second step of a sign-in
    var enterCode: String { get }
    var proveWithPasskey: String { get }
    var oneMoreStep: String { get }
    var sixDigitCode: String { get }
    var sixDigitCodeHint: String { get }
    /// For so many days.
    func trustBrowser(days: Int) -> String
    var trustBrowserHint: String { get }
    var continueSignIn: String { get }
    var otherMethods: String { get }
    var usePasskey: String { get }
    var signInWithPasskey: String { get }
    var useRecoveryCode: String { get }
    var recoveryCode: String { get }
    var recoveryCodeHint: String { get }
    /// Where it is wrong.
    var checkRecoveryCode: String { get }
    func signingIn(as email: String) -> String
    var notYou: String { get }
    var passkeyNeedsScript: String { get }

    // MARK: Passkeys that fail
    /// The browser does not say whether the person cancelled or had none.
    var passkeyCancelled: String { get }
    var passkeyKnown: String { get }
    var passkeyFailed: String { get }
    /// Its device changed in a way that a passkey must not.
    var registerPasskeyAgain: String { get }
    func passkeysElsewhere(_ site: String) -> String
    /// Why this site has none.
    func passkeysUnavailable(_ obstacle: PasskeyAvailability.Obstacle) -> String

    // MARK: Recovery codes
    var recoveryCodes: String { get }
    var yourRecoveryCodes: String { get }
    var recoveryCodesLead: String { get }
    var storeRecoveryCodes: HTML { get }
    func recoveryCodesMade(_ date: HTML, for email: String, at site: String) -> HTML
    var copyCodes: String { get }
    var printCodes: String { get }
    var codesAreSaved: String { get }
    var finish: String { get }
    func recoveryCodesLeft(_ count: Int) -> String
    /// None is few, too.
    func fewRecoveryCodes(_ count: Int) -> String
    var fewRecoveryCodesConsequence: String { get }
    var recoveryCodesRunLow: String { get }
    var replaceCodes: String { get }
    var replaceCodesConsequence: String { get }

    // MARK: An authenticator app
    var authenticatorApp: String { get }
    var authenticatorAppAbout: String { get }
    var setUpApp: String { get }
    var setUp: String { get }
    var scanCode: String { get }
    var qrCode: String { get }
    var cannotScan: String { get }
    var openInApp: String { get }
    var appSecret: String { get }
    var copySecret: String { get }
    var codeOfApp: String { get }
    var confirmApp: String { get }
    var appSetupEnded: String { get }
    var appSetupAgain: String { get }

    // MARK: Passkeys of the account
    var passkeysAbout: String { get }
    var addPasskey: String { get }
    var passkeyName: String { get }
    var passkeyNameHint: String { get }
    var renamePasskey: String { get }
    var remove: String { get }
    var change: String { get }
    var syncedPasskey: String { get }
    /// Follows a comma or begins a line.
    func added(_ date: HTML) -> HTML
    var notUsedYet: String { get }

    // MARK: Sign-in methods of the account
    var securityIntroduction: String { get }
    var passwordMethod: String { get }
    var noSecondFactorYet: String { get }
    var removePasswordConsequence: String { get }
    var setPassword: String { get }
    var trustedBrowsers: String { get }
    var trustedBrowsersAbout: String { get }
    var endTrust: String { get }
    func trustEnds(_ date: HTML) -> HTML

    // MARK: A required factor
    var enrolTitle: String { get }
    var enrolLead: String { get }
    var enrolChoice: String { get }

    // MARK: A passkey is offered
    var offerTitle: String { get }
    var offerLead: String { get }
    var notNow: String { get }

    // MARK: A fresh proof
    var proofTitle: String { get }
    var proofLead: String { get }
    var proofForForm: String { get }
    var proofThenAgain: String { get }
    var confirmWithCode: String { get }
    var confirmWithPassword: String { get }
    var confirmWithRecoveryCode: String { get }
    var cancel: String { get }

    // MARK: Another account's factors
    var signInMethods: String { get }
    var noFactors: String { get }
    var resetFactors: String { get }
    var resetFactorsConsequence: String { get }
    var factorsWereReset: String { get }
}
